"""Training of the Viewpoint Playground model: a two-view encoder, a connector and a small language model."""
