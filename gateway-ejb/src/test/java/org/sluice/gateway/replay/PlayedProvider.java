package org.sluice.gateway.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;

/**
 * A provider of any format, told apart by the path it is asked at. It understands what {@code demo/echo} does: {@code call
 * <tool> <json>}, {@code fail <status>}, a schema, and repeats everything else. It reads requests with {@link AskedReaders}
 * and speaks as {@link Speaker}s do, so nothing of the gateway is in it.
 */
public final class PlayedProvider {
    private static final String DOCUMENT = "{\"name\":\"Bern\",\"people\":5}";

    private PlayedProvider() { }

    public record Answer(int status, String contentType, byte[] body) { }

    public static Answer answer(String path, byte[] body) {
        Object request = Tree.read(body);
        Speaker speaker = Speaker.ALL.stream().filter(one -> path.contains(place(one))).findFirst().orElseThrow(() -> new IllegalArgumentException("nobody speaks at " + path));
        Asked asked = AskedReaders.read(speaker.dialect(), request);
        String last = asked.said.isEmpty() ? "" : asked.said.get(asked.said.size() - 1);
        if (last.startsWith("user says fail ")) {
            int status = Integer.parseInt(last.substring("user says fail ".length()).strip());
            return new Answer(status, "application/json", Tree.write(failure(speaker, status)).getBytes(UTF_8));
        }
        Script.Answer answer = answer(request, asked, last);
        if (path.contains(":streamGenerateContent") || Boolean.TRUE.equals(Tree.at(request, "stream"))) {
            return new Answer(200, "text/event-stream", speaker.stream(answer).getBytes(UTF_8));
        }
        return new Answer(200, "application/json", Tree.write(speaker.answer(answer)).getBytes(UTF_8));
    }

    private static String place(Speaker speaker) {
        return switch (speaker.dialect()) {
            case "openai" -> "/chat/completions";
            case "anthropic" -> "/messages";
            case "gemini" -> "enerateContent";
            default -> "/responses";
        };
    }

    private static Script.Answer answer(Object request, Asked asked, String last) {
        if (last.startsWith("user says call ") && !asked.tools.isEmpty()) {
            String[] said = last.substring("user says call ".length()).split("\\s+", 2);
            return new Script.Answer("I look it up.", "c2lnbmVk", "", List.of(new Said.Call("call_77", said[0], Tree.readOrText(said[1]))), 1);
        }
        String forced = forced(request, asked);
        if (forced != null) {
            return new Script.Answer(null, null, "", List.of(new Said.Call("call_78", forced, Tree.read(DOCUMENT))), 2);
        }
        boolean wantsDocument = Tree.at(request, "response_format", "json_schema") != null || Tree.at(request, "output_config", "format") != null
                || Tree.at(request, "generationConfig", "responseSchema") != null || Tree.at(request, "generationConfig", "responseJsonSchema") != null
                || "json_schema".equals(Tree.text(request, "text", "format", "type"));
        return new Script.Answer(null, null, wantsDocument ? DOCUMENT : last.replaceFirst("^user says |^call \\d+ gives ", ""), List.of(), 3);
    }

    /** The tool that must be called: one that is named, or the only one where one must be. */
    private static String forced(Object request, Asked asked) {
        for (String named : new String[] {Tree.text(request, "tool_choice", "name"), Tree.text(request, "tool_choice", "function", "name")}) {
            if (named != null) {
                return named;
            }
        }
        boolean isRequired = "required".equals(Tree.text(request, "tool_choice")) || "any".equals(Tree.text(request, "tool_choice", "type"))
                || "ANY".equals(Tree.text(request, "toolConfig", "functionCallingConfig", "mode"));
        return isRequired && asked.tools.size() == 1 ? asked.tools.get(0).replaceFirst("\\[.*", "") : null;
    }

    private static Map<String, Object> failure(Speaker speaker, int status) {
        String words = "The played provider fails with " + status + ", as it was told.";
        return switch (speaker.dialect()) {
            case "anthropic" -> Tree.of("type", "error", "error", Tree.of("type", status == 429 ? "rate_limit_error" : "api_error", "message", words));
            case "gemini" -> Tree.of("error", Tree.of("code", status, "message", words, "status", status == 429 ? "RESOURCE_EXHAUSTED" : "INTERNAL"));
            default -> Tree.of("error", Tree.of("message", words, "type", status == 429 ? "rate_limit_error" : "server_error", "code", status == 429 ? "rate_limit_exceeded" : "internal_error"));
        };
    }
}
