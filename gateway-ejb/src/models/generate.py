#!/usr/bin/env python3
"""Writes src/main/resources/models/<provider>.json and index.json from two tables.

usage: generate.py models.csv providers.csv [target folder]

models.csv     provider,id,name,context_window,max_output,input,output,cache_read,cache_write,cache_write_1h,
               audio_input,audio_output,per_1k_requests,long_context_from,long_context_input,long_context_output,
               vision,tools,reasoning,deprecated,match      (prices: USD per million tokens; match: JSON)
providers.csv  provider,name,api_pattern,model_match
"""
import csv
import json
import os
import re
import sys

UPDATED = "2026-11-22"
IDS = {"x-ai": ["xai"], "together": ["togetherai"], "google": ["gemini", "google_vertex_ai"], "aws": ["bedrock"],
       "azure": ["azure_openai"], "moonshotai": ["moonshot"]}
NAMES = {"gemini": "Google Gemini", "google_vertex_ai": "Google Vertex AI", "xai": "xAI", "azure_openai": "Azure OpenAI",
         "moonshot": "Moonshot AI", "deepseek": "DeepSeek"}
# Who serves a model that is asked for without a prefix.
CLAIMS = {
    "openai": ["gpt-", "chatgpt-", "o1", "o3", "o4", "o5", "o6", "text-embedding-", "whisper-", "dall-e-", "tts-"],
    "anthropic": ["claude-"], "gemini": ["gemini-"], "deepseek": ["deepseek-"], "xai": ["grok-"], "perplexity": ["sonar"],
    "mistral": ["mistral-", "ministral-", "codestral-", "devstral-", "magistral-", "mixtral-", "pixtral-", "voxtral-",
                "open-mistral-", "open-mixtral-"],
    "cohere": ["command-", "embed-v", "c4ai-"], "moonshot": ["kimi-", "moonshot-"], "minimax": ["MiniMax-M", "M2-her"],
    "zhipuai": ["glm-"], "dashscope": ["qwen-", "qwen2", "qwen3", "qwq-", "qvq-"], "ai21labs": ["jamba-"], "voyageai": ["voyage-"],
}
SAME_AS = {"azure_openai": "openai"}
TYPES = [("embedding", r"embed|voyage-(?!rerank)|\bbge-|gte-|e5-|titan-e"), ("audio", r"whisper|tts|transcribe|realtime|-live|voxtral-mini|sonic|lyria|speech|native-audio"),
         ("image", r"image|dall-e|imagen|flux|stable-diffusion|sora|veo"), ("other", r"moderation|ocr|rerank")]
PRICES = ["input", "output", "cache_read", "cache_write", "cache_write_1h", "audio_input", "audio_output"]


def rules(match):
    """One matcher as the list of alternatives the files hold; an 'and' stays one alternative."""
    return match["or"] if "or" in match else [match]


def number(text):
    return json.loads(text)


def model(row):
    out = {"name": row["id"]}
    if row["name"]:
        out["display_name"] = row["name"]
    kind = next((t for t, pattern in TYPES if re.search(pattern, row["id"], re.I)), None)
    if kind:
        out["type"] = kind
    for field in ("context_window", "max_output"):
        if row[field] and row[field] != "0":
            out[field] = int(row[field])
    price = {f: row[f] for f in PRICES if row[f]}
    if row["per_1k_requests"]:
        price["per_thousand_calls"] = row["per_1k_requests"]
    if not price and row["id"].endswith(":free"):
        price = {"input": "0", "output": "0"}
    if "input" in price:
        price.setdefault("output", "0")
        if row["long_context_from"]:
            # The table says above how many tokens the tier begins; the files say from how many.
            price["long_context"] = {"from": int(row["long_context_from"]) + 1, "input": row["long_context_input"],
                                     "output": row["long_context_output"]}
        out["price"] = price
    for flag in ("vision", "tools", "reasoning"):
        if row[flag]:
            out[flag] = row[flag] == "true"
    if row["deprecated"] == "true":
        out["deprecated"] = True
    matches = [r for r in rules(json.loads(row["match"])) if r != {"equals": row["id"]}]
    if matches:
        out["match"] = matches
    return out


def served_by(entry, host):
    """A model of Hugging Face's router with the name of who serves it: model:host."""
    ending = ":" + host
    rules = [{"equals": r["equals"] + ending} if "equals" in r else {"and": [r, {"ends_with": ending}]} for r in entry.get("match", [])]
    named = {**entry, "name": entry["name"] + ending}
    if rules:
        named["match"] = rules
    return named


def literal(value):
    """JSON with the prices spelled as the table spells them."""
    if isinstance(value, dict):
        parts = []
        for k, v in value.items():
            text = v if k in PRICES + ["per_thousand_calls"] and isinstance(v, str) else literal(v)
            parts.append(json.dumps(k) + ": " + text)
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(literal(v) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def main():
    target = sys.argv[3] if len(sys.argv) > 3 else os.path.join(os.path.dirname(__file__), "../main/resources/models")
    os.makedirs(target, exist_ok=True)
    names = {r["provider"]: r["name"] for r in csv.DictReader(open(sys.argv[2], encoding="utf-8"))}
    files = {"demo": ("Demo", [{"name": "echo", "display_name": "Echo", "context_window": 128000, "max_output": 16384,
                                "price": {"input": "0", "output": "0"}, "vision": True, "tools": True,
                                "reasoning": False}])}
    for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")):
        source = row["provider"]
        for provider in IDS.get(source, [re.sub("[^a-z0-9]", "_", source)]):
            if provider == "gemini" and row["id"].startswith("claude"):
                continue
            if provider.startswith("huggingface_"):
                files.setdefault("huggingface", ("Hugging Face", []))[1].append(served_by(model(row), source[len("huggingface_"):]))
                continue
            files.setdefault(provider, (NAMES.get(provider, names.get(source, source)), []))[1].append(model(row))
    for provider, (name, models) in files.items():
        head = {"provider": provider, "display_name": name, "updated": UPDATED}
        if provider in CLAIMS:
            head["claims"] = [{"starts_with": prefix} for prefix in CLAIMS[provider]]
        if provider in SAME_AS:
            head["same_prices_as"] = SAME_AS[provider]
        with open(os.path.join(target, provider + ".json"), "w", encoding="utf-8") as out:
            out.write("{" + literal(head)[1:-1] + ",\n \"models\": [\n")
            out.write(",\n".join("  " + literal(m) for m in models) + "\n ]}\n")
    with open(os.path.join(target, "index.json"), "w", encoding="utf-8") as out:
        out.write("[" + ",\n ".join(json.dumps(p) for p in sorted(files)) + "]\n")


main()
