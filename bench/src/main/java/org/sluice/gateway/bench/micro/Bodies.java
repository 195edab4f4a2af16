package org.sluice.gateway.bench.micro;

import java.nio.charset.StandardCharsets;

/** Input of the benchmarks: a chat request of a given size, and a stream of chunks as OpenAI writes them. */
final class Bodies {
    private static final String SENTENCE = "Explain in a few sentences what a gateway does \\u2013 and, \\\"roughly\\\", what it costs.\\n ";

    private Bodies() { }

    /** About that many bytes, most of them in a message, with a gateway's own member in the middle. */
    static byte[] chat(int bytes) {
        StringBuilder text = new StringBuilder("{\"model\":\"openai/gpt-4o-mini\",\"temperature\":0.7,\"customer_identifier\":\"c-1\",\"messages\":["
                + "{\"role\":\"system\",\"content\":\"You are brief.\"},{\"role\":\"user\",\"content\":\"");
        while (text.length() < bytes - 100) {
            text.append(SENTENCE);
        }
        return text.append("\"}],\"max_tokens\":300,\"stop\":[\"a\",\"b\"],\"stream\":false}").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A conversation of OpenAI's of about that many bytes: turns with calls and results, the tools on offer before. */
    static byte[] conversation(int bytes, int tools) {
        StringBuilder text = new StringBuilder("{\"model\":\"gpt-4o\",\"max_tokens\":4096,\"temperature\":0.7,\"tools\":[");
        for (int tool = 0; tool < tools; tool++) {
            text.append(tool == 0 ? "" : ",").append("{\"type\":\"function\",\"function\":{\"name\":\"tool_").append(tool).append("\",\"description\":\"").append(SENTENCE)
                    .append("\",\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\",\"description\":\"Where to look.\"},\"days\":{\"type\":\"integer\",\"minimum\":1},")
                    .append("\"unit\":{\"type\":\"string\",\"enum\":[\"C\",\"F\"]},\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}},\"required\":[\"city\"]}}}");
        }
        text.append("],\"messages\":[{\"role\":\"system\",\"content\":\"You are brief.\"}");
        for (int turn = 0; text.length() < bytes; turn++) {
            text.append(",{\"role\":\"user\",\"content\":\"").append(SENTENCE.repeat(20)).append("\"},{\"role\":\"assistant\",\"content\":\"I look.\",\"tool_calls\":[{\"id\":\"call_").append(turn)
                    .append("\",\"type\":\"function\",\"function\":{\"name\":\"tool_1\",\"arguments\":\"{\\\"city\\\":\\\"Bern\\\"}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"call_").append(turn)
                    .append("\",\"content\":\"").append(SENTENCE.repeat(20)).append("\"},{\"role\":\"assistant\",\"content\":\"").append(SENTENCE.repeat(5)).append("\"}");
        }
        return text.append(",{\"role\":\"user\",\"content\":\"And now?\"}]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    static byte[] stream(int chunks) {
        StringBuilder text = new StringBuilder();
        for (int chunk = 0; chunk < chunks; chunk++) {
            text.append("data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"gpt-4o-mini-2024-07-18\","
                    + "\"system_fingerprint\":\"fp_bench\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word").append(chunk)
                    .append("\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n");
        }
        text.append("data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1000,\"total_tokens\":1009}}\n\n");
        return text.append("data: [DONE]\n\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
