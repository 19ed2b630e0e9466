"""The research pipeline as pytask tasks: load, call one function, save."""
