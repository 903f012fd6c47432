"""Devices, folders and files of the machine that the program runs on."""
