"""The one bar of transport, time and figures."""
