"""The widgets that edit an experiment, and the plain logic behind them."""
