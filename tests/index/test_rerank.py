"""A cross-encoder that a person names puts the best passages in its own order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.cross_encoder import CrossEncoderEntailment
from index.errors import ModelUnavailableError
from index.rerank import CrossEncoderReranker, reorder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

QUESTION = "Who blamed the ferry company?"
PASSAGES = ["The mayor blamed the ferry company.", "Rain is expected on Sunday.", "The company denied it."]


def test_the_order_is_the_model_s_and_the_scores_stay_with_the_places() -> None:
    ranked = [(5, 2.0), (3, 1.5), (9, 1.0), (4, 0.5)]
    assert reorder(ranked, [0.1, 7.0, 0.1]) == [(3, 2.0), (5, 1.5), (9, 1.0), (4, 0.5)]
    assert reorder(ranked, []) == ranked
    assert reorder([], []) == []


@given(st.lists(st.floats(-5, 5), max_size=12), st.integers(0, 12))
def test_nothing_is_lost_and_scores_keep_falling(scores: list[float], looked_at: int) -> None:
    ranked = [(10 + i, -float(i)) for i in range(len(scores))]
    found = reorder(ranked, scores[:looked_at])
    assert sorted(i for i, _ in found) == [i for i, _ in ranked]
    assert [score for _, score in found] == [score for _, score in ranked]
    first = [scores[i - 10] for i, _ in found[: min(looked_at, len(scores))]]
    assert first == sorted(first, reverse=True)


def made(folder: Path, labels: int, names: Sequence[str] = ()) -> str:
    """A cross-encoder with weights of chance, as sentence-transformers keeps one."""
    import torch
    from sentence_transformers import CrossEncoder
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    from index.embed.weights import DEFAULT_MODEL, resolve

    torch.manual_seed(7)
    tokenizer = AutoTokenizer.from_pretrained(resolve(DEFAULT_MODEL))
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        num_labels=labels,
        **(
            {"id2label": dict(enumerate(names)), "label2id": {name: i for i, name in enumerate(names)}} if names else {}
        ),
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    CrossEncoder(str(folder), device="cpu").save_pretrained(str(folder))
    return str(folder)


@pytest.mark.model
def test_a_score_is_what_the_model_gives_for_question_and_passage(tmp_path: Path) -> None:
    import torch
    from transformers import AutoTokenizer, BertForSequenceClassification

    folder = made(tmp_path / "model", labels=1)
    found = CrossEncoderReranker(folder).scores(QUESTION, PASSAGES)
    model: Any = BertForSequenceClassification.from_pretrained(folder).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    for passage, score in zip(PASSAGES, found, strict=True):
        with torch.no_grad():
            raw = model(**tokenizer(QUESTION, passage, return_tensors="pt")).logits[0, 0]
        assert score == pytest.approx(float(torch.sigmoid(raw)), abs=1e-5)
    assert len(set(found)) == len(PASSAGES)
    assert CrossEncoderReranker(folder).scores(QUESTION, []) == []


@pytest.mark.model
def test_a_model_that_does_not_fit_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError, match=r"The reranker .*missing cannot be loaded: give the folder"):
        CrossEncoderReranker(str(tmp_path / "missing")).scores(QUESTION, PASSAGES)
    classes = CrossEncoderReranker(made(tmp_path / "classes", labels=3))
    with pytest.raises(ModelUnavailableError, match="gives 3 scores for a passage: choose one that gives one"):
        classes.scores(QUESTION, PASSAGES)


@pytest.mark.model
def test_a_judge_s_classes_are_found_by_their_names(tmp_path: Path) -> None:
    import torch
    from transformers import AutoTokenizer, BertForSequenceClassification

    names = ("Contradiction", "Entailment", "Neutral")
    folder = made(tmp_path / "judge", labels=3, names=names)
    likely = CrossEncoderEntailment(folder).judge(PASSAGES[0], QUESTION)
    model: Any = BertForSequenceClassification.from_pretrained(folder).eval()
    with torch.no_grad():
        inputs = AutoTokenizer.from_pretrained(folder)(PASSAGES[0], QUESTION, return_tensors="pt")
        expected = torch.softmax(model(**inputs).logits[0], dim=0).tolist()
    assert [likely.contradiction, likely.entailment, likely.neutral] == pytest.approx(expected, abs=1e-5)
    with pytest.raises(ModelUnavailableError, match="does not tell entailment, neutral and contradiction apart"):
        CrossEncoderEntailment(made(tmp_path / "other", labels=3)).judge(PASSAGES[0], QUESTION)
