package org.sluice.gateway.dialect.openai;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Losses;

/** Parameters of the Responses API in chat's words. What chat has no word for is left out and told. */
final class ResponsesExtras {
    static final String DIALECT = "responses";
    /** Members that OpenAI's own models take under the same name. */
    private static final Set<String> SAME = Set.of("store", "service_tier", "prompt_cache_key", "prompt_cache_retention", "safety_identifier");
    private static final String LOGPROBS = "message.output_text.logprobs";
    private static final Set<String> SILENT = Set.of("store", "include", "stream_options", "previous_response_id", "truncation", "reasoning.summary");
    private static final RawJson TRUE = new RawJson("true");

    private ResponsesExtras() { }

    /** The extras of any other request as they are. */
    static Map<String, RawJson> asChat(ChatRequest request, ModelFamily family, Losses losses) {
        if (!request.dialect().equals(DIALECT)) {
            return request.extras();
        }
        Map<String, RawJson> chat = new LinkedHashMap<>();
        request.extras().forEach((name, value) -> {
            if (name.equals("text.verbosity") && family == ModelFamily.OPENAI) {
                chat.put("verbosity", value);
            } else if (name.equals("top_logprobs") && !value.text().equals("0")) {
                chat.put("logprobs", TRUE);
                chat.put(name, value);
            } else if (name.equals("include") && value.text().contains(LOGPROBS)) {
                chat.put("logprobs", TRUE);
            } else if (family == ModelFamily.OPENAI && SAME.contains(name)) {
                chat.put(name, value);
            } else if (!SILENT.contains(name) && !name.equals("top_logprobs")) {
                losses.drop(name, "the provider's chat completions have no such parameter.");
            }
        });
        return chat;
    }
}
