"""A peer in a process of its own, for `tests.bench.peers`: adds the articles, asks the questions, tells what it cost.

usage: python -m tests.bench.peer_worker JOB RESULT

Both are JSON files; `tests.bench.peers` writes the one and reads the other. Each peer is set up as its own quick start
sets it up: its embedding class upon the folder of the model, its splitter, its vector store. A peer is a function from
the model's folder to `add`, given when the model is loaded and warm; `add` takes the articles and the length of a
passage (None: the peer's default) and gives a `Searcher`. Its packages are not the project's, so it imports them itself.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

Row = Mapping[str, str]
Search = Callable[[str, int], list[str]]

FIRST = 10
"""Places in the ranking of articles that are looked at."""
WORDS = re.compile(r"\w+|[^\w\s]")
"""Words and punctuation marks: what `index.chunk` counts the length of a passage in."""


class Length(NamedTuple):
    """A passage's most words and marks, and how many of them at most it shares with the one before."""

    most: int
    overlap: int


@dataclass(frozen=True)
class Searcher:
    """Articles that can be asked: ways to search, each from a question and a number of passages to ids of articles.

    Attributes:
        searches: the ways by name; an article stands in the answer as often as passages of it are found.
        passages: gives the texts that were embedded, as the model was given them.
        limit: tokens of a text that the model was let read.
    """

    searches: Mapping[str, Search]
    passages: Callable[[], list[str]]
    limit: int


Add = Callable[[Sequence[Row], Length | None], Searcher]


def _count(text: str) -> int:
    return len(WORDS.findall(text))


def _whole(row: Row) -> str:
    """An article as one text, for those that by default embed no field beside it."""
    return f"{row['title']}\n\n{row['text']}"


def llamaindex(folder: str) -> Add:
    """The starter tutorial with local models; the title is metadata, which it embeds in front of every passage."""
    from llama_index.core import Document, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.core.schema import MetadataMode
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    model = HuggingFaceEmbedding(model_name=folder)
    model.get_text_embedding("warm")

    def add(rows: Sequence[Row], length: Length | None) -> Searcher:
        size: Mapping[str, Any] = {}
        if length:
            title = sum(_count(f"title: {row['title']}") for row in rows) // len(rows)  # the splitter counts it in
            size = {"chunk_size": length.most + title, "chunk_overlap": length.overlap, "tokenizer": WORDS.findall}
        splitter = SentenceSplitter(**size)
        documents = [Document(id_=row["id"], text=row["text"], metadata={"title": row["title"]}) for row in rows]
        index = VectorStoreIndex.from_documents(documents, embed_model=model, transformations=[splitter])

        def search(question: str, k: int) -> list[str]:
            found = index.as_retriever(similarity_top_k=k).retrieve(question)
            return [hit.node.ref_doc_id for hit in found]

        def passages() -> list[str]:
            return [node.get_content(MetadataMode.EMBED) for node in index.docstore.docs.values()]

        return Searcher({"": search}, passages, model.max_length)

    return add


def langchain(folder: str) -> Add:
    """The semantic search tutorial with its FAISS store and Hugging Face embeddings."""
    import faiss
    from langchain_community.docstore.in_memory import InMemoryDocstore
    from langchain_community.vectorstores import FAISS
    from langchain_core.documents import Document
    from langchain_huggingface import HuggingFaceEmbeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    embeddings = HuggingFaceEmbeddings(model_name=folder)
    dimension = len(embeddings.embed_query("warm"))

    def add(rows: Sequence[Row], length: Length | None) -> Searcher:
        size: Mapping[str, Any] = {"chunk_size": 1000, "chunk_overlap": 200}
        if length:
            size = {"chunk_size": length.most, "chunk_overlap": length.overlap, "length_function": _count}
        documents = [Document(page_content=_whole(row), metadata={"source": row["id"]}) for row in rows]
        splits = RecursiveCharacterTextSplitter(**size).split_documents(documents)
        store = FAISS(embeddings, faiss.IndexFlatL2(dimension), InMemoryDocstore(), {})
        store.add_documents(splits)

        def search(question: str, k: int) -> list[str]:
            return [found.metadata["source"] for found in store.similarity_search(question, k=k)]

        passages = [split.page_content for split in splits]
        return Searcher({"": search}, lambda: passages, embeddings._client.max_seq_length)

    return add


def haystack(folder: str) -> Add:
    """An indexing pipeline of splitter, embedder and writer; a query pipeline of embedder and retriever."""
    from haystack import Document, Pipeline
    from haystack.components.preprocessors import DocumentSplitter
    from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
    from haystack.components.writers import DocumentWriter
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack_integrations.components.embedders.sentence_transformers import (
        SentenceTransformersDocumentEmbedder,
        SentenceTransformersTextEmbedder,
    )

    embedder = SentenceTransformersDocumentEmbedder(model=folder, progress_bar=False)
    asker = SentenceTransformersTextEmbedder(model=folder, progress_bar=False)
    embedder.warm_up()
    asker.run("warm")

    def add(rows: Sequence[Row], length: Length | None) -> Searcher:
        size: Mapping[str, Any] = {}
        if length:  # the splitter counts what stands between spaces
            spaced = sum(len(row["text"].split()) for row in rows) / sum(_count(row["text"]) for row in rows)
            size = {"split_length": round(spaced * length.most), "split_overlap": round(spaced * length.overlap)}
        store = InMemoryDocumentStore()
        adding = Pipeline()
        adding.add_component("splitter", DocumentSplitter(**size))
        adding.add_component("embedder", embedder)
        adding.add_component("writer", DocumentWriter(document_store=store))
        adding.connect("splitter", "embedder")
        adding.connect("embedder", "writer")
        adding.run({"splitter": {"documents": [Document(content=_whole(r), meta={"source": r["id"]}) for r in rows]}})
        asking = Pipeline()
        asking.add_component("embedder", asker)
        asking.add_component("retriever", InMemoryEmbeddingRetriever(document_store=store))
        asking.connect("embedder.embedding", "retriever.query_embedding")

        def search(question: str, k: int) -> list[str]:
            found = asking.run({"embedder": {"text": question}, "retriever": {"top_k": k}})
            return [document.meta["source"] for document in found["retriever"]["documents"]]

        limit = embedder.embedding_backend.model.max_seq_length
        return Searcher({"": search}, lambda: [document.content for document in store.filter_documents()], limit)

    return add


def txtai(folder: str) -> Add:
    """The quick start of its search: sections of articles into embeddings that keep the text."""
    from txtai import Embeddings
    from txtai.pipeline import Segmentation

    embeddings = Embeddings(content=True, path=folder)
    embeddings.batchtransform(["warm"])

    def add(rows: Sequence[Row], length: Length | None) -> Searcher:
        split = Segmentation(sections=True)
        if length:
            size = {"chunk_size": length.most, "chunk_overlap": length.overlap}
            split = Segmentation(chunker="sentence", tokenizer=_count, **size)
        chunks = [(row["id"], chunk) for row in rows for chunk in split(_whole(row))]
        embeddings.index(chunks)

        def search(question: str, k: int) -> list[str]:
            return [found["id"] for found in embeddings.search(question, k)]

        return Searcher({"": search}, lambda: [text for _, text in chunks], embeddings.model.model.maxlength)

    return add


def memory() -> int:
    """The most memory that was ever resident in this process, in MB."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def beyond(texts: Sequence[str], limit: int, folder: str) -> float:
    """The share of the texts' tokens that the model does not read."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    lengths = [len(tokenizer.encode(text, add_special_tokens=False).ids) for text in texts]
    room = limit - 2  # one token goes before each text and one behind it
    return sum(max(0, length - room) for length in lengths) / sum(lengths)


def asked(search: Search, questions: Sequence[str], k: int) -> dict[str, Any]:
    """Seconds of each question, and the articles found; where `k` passages are of too few, more are asked for."""
    search(questions[0], k)
    seconds, found = [], []
    for question in questions:
        begun = time.perf_counter()
        ids = search(question, deep := k)
        seconds.append(time.perf_counter() - begun)
        while len(set(ids)) < FIRST and len(ids) == deep:
            ids = search(question, deep := 2 * deep)
        found.append(list(dict.fromkeys(ids)))
    return {"seconds": seconds, "found": found}


def measure(peers: Mapping[str, Callable[[str], Add]], job_path: str, result_path: str) -> None:
    """Does the job with the peer it names, and writes what it cost."""
    job = json.loads(Path(job_path).read_text(encoding="utf-8"))
    rows = json.loads(Path(job["rows"]).read_text(encoding="utf-8"))
    add = peers[job["peer"]](job["model"])
    begun = time.perf_counter()
    searcher = add(rows, Length(*job["length"]) if job["length"] else None)
    seconds = time.perf_counter() - begun
    ways = {way: asked(search, job["questions"], job["deep"]) for way, search in searcher.searches.items()}
    most = memory()
    texts = searcher.passages()
    result = {
        "add": seconds,
        "ways": ways,
        "memory": most,
        "passages": len(texts),
        "limit": searcher.limit,
        "beyond": beyond(texts, searcher.limit, job["model"]),
    }
    Path(result_path).write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    measure({"LlamaIndex": llamaindex, "LangChain": langchain, "Haystack": haystack, "txtai": txtai}, *sys.argv[1:])
