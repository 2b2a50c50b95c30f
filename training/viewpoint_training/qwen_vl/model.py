"""Loading a Qwen2.5-VL model and its processor: on GPUs in bfloat16, without one in float32."""

from pathlib import Path

import torch
from peft import LoraConfig, PeftModel
from transformers import AutoModelForImageTextToText, AutoProcessor, AutoTokenizer, PreTrainedModel, ProcessorMixin
from transformers.utils import is_torchvision_available

DEFAULT_MODEL = "Qwen/Qwen2.5-VL-7B-Instruct"
# The language model's linear layers; the vision tower has projections of the same names.
LORA_TARGETS = r".*language_model\..*\.(q_proj|k_proj|v_proj|o_proj|gate_proj|up_proj|down_proj)"


def has_gpu() -> bool:
    return torch.cuda.is_available()


def load_model(source: str | Path, train_vision: bool) -> PreTrainedModel:
    """Hub id or folder -> model; the vision tower with its merger learns only with `train_vision`."""
    dtype = torch.bfloat16 if has_gpu() else torch.float32
    model = AutoModelForImageTextToText.from_pretrained(source, dtype=dtype)
    model.model.visual.requires_grad_(train_vision)
    return model


def load_processor(source: str | Path, max_pixels: int | None = None) -> ProcessorMixin:
    """Tokenizer, picture processor and chat template; `max_pixels` bounds a picture's size, and with it its tokens."""
    if is_torchvision_available():
        processor = AutoProcessor.from_pretrained(source)
    else:
        processor = _processor_without_torchvision(source)
    if processor.tokenizer.pad_token is None:
        raise ValueError(f"the tokenizer of {source} has no padding token: set pad_token in its tokenizer_config.json")
    if max_pixels is not None:
        processor.image_processor.size["longest_edge"] = max_pixels
    return processor


def _processor_without_torchvision(source: str | Path) -> ProcessorMixin:
    """The same processor class over Pillow. Its video part needs torchvision, which our pictures do not."""
    from transformers import Qwen2_5_VLProcessor, processing_utils
    from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil
    from transformers.video_processing_utils import VideoProcessorMixin

    class Qwen2VLVideoProcessor(VideoProcessorMixin):
        """Stands in under the real one's name, so that a saved processor loads where torchvision is there."""

    # The processor checks its parts against classes that it looks up here, and this one is hidden without torchvision.
    processing_utils.transformers_module.VideoProcessorMixin = VideoProcessorMixin
    tokenizer = AutoTokenizer.from_pretrained(source)
    pictures = Qwen2VLImageProcessorPil.from_pretrained(source)
    return Qwen2_5_VLProcessor(pictures, tokenizer, Qwen2VLVideoProcessor(), chat_template=tokenizer.chat_template)


def lora_config(rank: int) -> LoraConfig | None:
    """LoRA on every linear layer of the language model, or None (all its weights learn) for rank 0."""
    if rank == 0:
        return None
    return LoraConfig(
        r=rank, lora_alpha=2 * rank, lora_dropout=0.05, target_modules=LORA_TARGETS, task_type="CAUSAL_LM"
    )


def merge_adapter(source: str | Path, adapter: Path, out: Path) -> None:
    """Model + LoRA adapter -> a model folder without adapter, which the next stage starts from."""
    base = load_model(source, train_vision=False)
    merged = PeftModel.from_pretrained(base, adapter).merge_and_unload()
    merged.save_pretrained(out)
    load_processor(source).save_pretrained(out)
