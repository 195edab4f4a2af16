package org.sluice.gateway.provider.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.provider.demo.DemoAnswer.Breakage;
import org.sluice.gateway.provider.demo.DemoAnswer.Call;

/** Decides what to answer; the rules are the package's. */
final class DemoScript {
    private static final int MAX_TOKENS = 16_384;
    private static final int MAX_CHARACTERS = 65_536;
    private final DemoRequest request;

    private DemoScript(DemoRequest request) {
        this.request = request;
    }

    static DemoAnswer answer(DemoRequest request) {
        return new DemoScript(request).answer();
    }

    private DemoAnswer answer() {
        if (!request.model().equals("echo")) {
            return new DemoAnswer.Failure(404, "invalid_request_error", "model_not_found", "model",
                    "The model `" + request.model() + "` does not exist; the demo provider has the model `echo`.");
        }
        if (request.messages() == null) {
            return new DemoAnswer.Failure(400, "invalid_request_error", "invalid_value", "messages", "'messages' is missing or empty.");
        }
        JsonValue message = request.lastMessage();
        String words = Words.of(message);
        if (words.startsWith("fail ")) {
            DemoAnswer.Failure failure = failure(words.substring(5).strip());
            if (failure != null) {
                return failure;
            }
        }
        List<Call> calls = message instanceof JsonObject object && "user".equals(object.text("role")) ? calls(words) : List.of();
        if (!calls.isEmpty()) {
            return new DemoAnswer.Calls(request.isFalse("parallel_tool_calls") ? calls.subList(0, 1) : calls);
        }
        String document = document(words);
        return document != null ? text(document, Breakage.NONE) : text(words, breakage(words));
    }

    private static Breakage breakage(String words) {
        return words.startsWith("fail midstream") ? Breakage.ERROR_EVENT : words.startsWith("fail cut") ? Breakage.CUT : Breakage.NONE;
    }

    private DemoAnswer text(String text, Breakage breakage) {
        int limit = Math.min(MAX_TOKENS, request.number("max_completion_tokens", request.number("max_tokens", MAX_TOKENS)));
        String head = text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS);
        List<String> tokens = Words.tokens(head, limit);
        int said = tokens.stream().mapToInt(String::length).sum();
        return new DemoAnswer.Text(tokens, said < text.length(), breakage);
    }

    private static DemoAnswer.Failure failure(String argument) {
        if (!argument.matches("[45]\\d\\d")) {
            return null;
        }
        int status = Integer.parseInt(argument);
        String code = switch (status) {
            case 401 -> "invalid_api_key";
            case 404 -> "model_not_found";
            case 429 -> "rate_limit_exceeded";
            case 503, 529 -> "overloaded";
            default -> status < 500 ? "invalid_value" : "internal_error";
        };
        String type = status == 429 ? "rate_limit_error" : status < 500 ? "invalid_request_error" : "server_error";
        return new DemoAnswer.Failure(status, type, code, null, "The demo provider fails with " + status + ", as it was told.");
    }

    private List<Call> calls(String words) {
        JsonValue tools = request.value("tools");
        JsonValue choice = request.value("tool_choice");
        if (!(tools instanceof JsonValue.JsonArray array) || choice != null && "none".equals(choice.asText())) {
            return List.of();
        }
        Map<String, JsonObject> offered = new LinkedHashMap<>();
        for (JsonValue item : array.items()) {
            JsonObject function = item instanceof JsonObject tool ? tool.object("function") : null;
            if (function != null && function.text("name") != null) {
                offered.put(function.text("name"), function);
            }
        }
        List<Call> calls = new ArrayList<>();
        words.lines().filter(line -> line.startsWith("call ")).forEach(line -> {
            String[] said = line.substring(5).strip().split("\\s+", 2);
            if (offered.containsKey(said[0])) {
                calls.add(new Call(said[0], said.length > 1 && isJson(said[1]) ? said[1] : sample(offered.get(said[0]).get("parameters"))));
            }
        });
        return calls.isEmpty() ? forced(choice, offered) : calls;
    }

    private static List<Call> forced(JsonValue choice, Map<String, JsonObject> offered) {
        String name = choice instanceof JsonObject object && object.object("function") != null ? object.object("function").text("name")
                : choice != null && "required".equals(choice.asText()) && !offered.isEmpty() ? offered.keySet().iterator().next() : null;
        return name == null || !offered.containsKey(name) ? List.of() : List.of(new Call(name, sample(offered.get(name).get("parameters"))));
    }

    private static String sample(JsonValue schema) {
        return schema == null ? "{}" : SchemaSample.of(schema);
    }

    private static boolean isJson(String text) {
        try {
            JsonReader.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return true;
        } catch (GatewayException notJson) {
            return false;
        }
    }

    /** The document a response format asks for; null when it asks for none. */
    private String document(String words) {
        if (!(request.value("response_format") instanceof JsonObject format)) {
            return null;
        }
        JsonObject schema = format.object("json_schema");
        if ("json_schema".equals(format.text("type")) && schema != null && schema.get("schema") != null) {
            return SchemaSample.of(schema.get("schema"));
        }
        return "json_object".equals(format.text("type"))
                ? new JsonWriter().beginObject().name("answer").value(words).endObject().toText() : null;
    }
}
