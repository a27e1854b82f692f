"""Charts as Vega-Lite and Vega specifications: data in, specification out."""
