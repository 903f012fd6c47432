"""The small language of live values and conditions: parsed and evaluated, no code."""
