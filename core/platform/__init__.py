"""Devices, folders and files of the machine."""
