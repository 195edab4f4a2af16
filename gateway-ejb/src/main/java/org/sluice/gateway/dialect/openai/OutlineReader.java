package org.sluice.gateway.dialect.openai;

import java.util.Map;
import java.util.Set;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;

/** Reads the top level of a request and checks the parameters whose values decide what a call may cost. */
final class OutlineReader {
    private static final Set<String> NO_DUPLICATES =
            Set.of("customer_credentials", "credential_override", "customer_api_keys", "model_name_map",
                    "load_balance_group", "load_balance_models", "loadbalance_models", "respan_params", "keywordsai_params");
    private static final int MAX_MESSAGES = 4096;
    private static final int MAX_TOOLS = 1024;
    private static final int MAX_STOPS = 64;
    private static final int MAX_FALLBACKS = 16;
    private static final int MAX_MODELS = 64;
    private static final int MAX_BIASES = 1024;
    private static final int MAX_METADATA = 64;
    private static final int MAX_METADATA_BYTES = 16 * 1024;
    private static final int MAX_CHOICES = 128;

    private OutlineReader() { }

    static RequestOutline read(byte[] body) {
        Map<String, Member> members = JsonReader.readMembers(body, NO_DUPLICATES);
        ParameterCheck check = new ParameterCheck(body, members);
        String model = check.model();
        boolean stream = check.flag("stream");
        boolean includeUsage = includeUsage(check);
        messages(check, members);
        check.array("tools", MAX_TOOLS);
        check.array("functions", MAX_TOOLS);
        check.array("fallback_models", MAX_FALLBACKS);
        check.array("models", MAX_MODELS);
        stop(check);
        check.integer("n", 1, MAX_CHOICES);
        check.integer("max_tokens", 1, Integer.MAX_VALUE);
        check.integer("max_completion_tokens", 1, Integer.MAX_VALUE);
        check.number("temperature", 0, 2);
        check.number("top_p", 0, 1);
        check.number("presence_penalty", -2, 2);
        check.number("frequency_penalty", -2, 2);
        check.object("logit_bias", MAX_BIASES);
        metadata(check);
        return new RequestOutline(body, model, stream, includeUsage, members);
    }

    private static boolean includeUsage(ParameterCheck check) {
        check.object("stream_options", MAX_METADATA);
        Slice options = check.present("stream_options");
        Slice wanted = options == null ? null : ValueScan.member(options, "include_usage");
        if (wanted == null || ParameterCheck.first(wanted) == 'n') {
            return false;
        }
        if (ParameterCheck.first(wanted) != 't' && ParameterCheck.first(wanted) != 'f') {
            throw GatewayException.invalid("stream_options.include_usage", "'stream_options.include_usage' is not true or false.");
        }
        return ParameterCheck.first(wanted) == 't';
    }

    private static void messages(ParameterCheck check, Map<String, Member> members) {
        if (members.containsKey("messages") && check.present("messages") == null) {
            throw GatewayException.invalid("messages", "'messages' is not an array.");
        }
        check.array("messages", MAX_MESSAGES);
    }

    private static void stop(ParameterCheck check) {
        Slice stop = check.present("stop");
        if (stop != null && ParameterCheck.first(stop) != '"') {
            check.array("stop", MAX_STOPS);
        }
    }

    private static void metadata(ParameterCheck check) {
        check.object("metadata", MAX_METADATA);
        Slice metadata = check.present("metadata");
        if (metadata != null && metadata.length() > MAX_METADATA_BYTES) {
            throw GatewayException.invalid("metadata", "'metadata' is longer than " + MAX_METADATA_BYTES + " bytes.");
        }
    }
}
