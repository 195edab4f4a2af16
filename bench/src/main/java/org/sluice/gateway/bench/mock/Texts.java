package org.sluice.gateway.bench.mock;

/** The answers in plain text; ASCII only. The whole ones have about 1 KB. */
final class Texts {
    private static final String PROSE = "A gateway stands between those who ask and those who answer. It keeps the keys of both, "
            + "knows the way to every model, notes what each call costs, and otherwise stays out of sight. ";
    private static final String STAMP = "@0000000000000000000@";

    static final String OPENAI_WHOLE = "{\"id\":\"chatcmpl-bench0000000000000000000000\",\"object\":\"chat.completion\",\"created\":1700000000,"
            + "\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
            + PROSE.repeat(3) + "END-OF-ANSWER\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
            + usage() + ",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_bench\"}";
    static final String OPENAI_START = chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null");
    static final String OPENAI_CHUNK = chunk("{\"content\":\"" + STAMP + " and\"}", "null");
    private static final String OPENAI_FINISH = chunk("{}", "\"stop\"");
    static final String OPENAI_END = OPENAI_FINISH + "data: [DONE]\n\n";
    static final String OPENAI_USAGE = OPENAI_FINISH + "data: {\"id\":\"chatcmpl-bench0000000000000000000000\",\"object\":\"chat.completion.chunk\","
            + "\"created\":1700000000,\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[]," + usage() + "}\n\ndata: [DONE]\n\n";

    static final String ANTHROPIC_WHOLE = "{\"id\":\"msg_bench00000000000000000\",\"type\":\"message\",\"role\":\"assistant\","
            + "\"model\":\"claude-sonnet-4-5-20250929\",\"content\":[{\"type\":\"text\",\"text\":\"" + PROSE.repeat(3)
            + "END-OF-ANSWER\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":200,"
            + "\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"output_tokens\":100,\"service_tier\":\"standard\"}}";
    static final String ANTHROPIC_START = event("message_start", "\"message\":{\"id\":\"msg_bench00000000000000000\",\"type\":\"message\","
            + "\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5-20250929\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
            + "\"usage\":{\"input_tokens\":200,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"output_tokens\":1}}")
            + event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
    static final String ANTHROPIC_CHUNK = event("content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + STAMP + " and\"}");
    static final String ANTHROPIC_END = event("content_block_stop", "\"index\":0")
            + event("message_delta", "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":100}")
            + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    private Texts() { }

    private static String usage() {
        return "\"usage\":{\"prompt_tokens\":200,\"completion_tokens\":100,\"total_tokens\":300,\"prompt_tokens_details\":{\"cached_tokens\":0,"
                + "\"audio_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0}}";
    }

    private static String chunk(String delta, String finish) {
        return "data: {\"id\":\"chatcmpl-bench0000000000000000000000\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
                + "\"model\":\"gpt-4o-mini-2024-07-18\",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_bench\","
                + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":" + finish + "}]}\n\n";
    }

    private static String event(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
    }
}
