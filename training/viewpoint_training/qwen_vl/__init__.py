"""The paper's own recipe (Actial, arXiv 2511.01618) on a Qwen2.5-VL model, through trl. Needs the extra `qwen`."""
