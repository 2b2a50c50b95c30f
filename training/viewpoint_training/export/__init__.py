"""From a release to the folder that a browser loads: ONNX graphs, 4-bit weights, tokenizer, manifest, model card."""
