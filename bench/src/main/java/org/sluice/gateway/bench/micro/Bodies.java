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

    static byte[] stream(int chunks) {
        StringBuilder text = new StringBuilder();
        for (int chunk = 0; chunk < chunks; chunk++) {
            text.append("data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"gpt-4o-mini-2024-07-18\","
                    + "\"system_fingerprint\":\"fp_bench\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word").append(chunk)
                    .append("\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n");
        }
        return text.append("data: [DONE]\n\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
