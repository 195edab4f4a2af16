package org.sluice.gateway.replay;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Readers of requests, one for each format, written from the providers' documentation. */
final class AskedReaders {
    private static final Map<String, Function<Object, Asked>> ALL = Map.of("openai", AskedReaders::openAi, "anthropic", AskedReaders::anthropic,
            "gemini", AskedReaders::gemini, "responses", AskedReaders::responses, "converse", AskedReaders::converse, "cohere", AskedReaders::openAi);

    private AskedReaders() { }

    static Asked read(String dialect, Object body) {
        return ALL.get(dialect).apply(body);
    }

    /** Cohere asks in nearly the same words. */
    private static Asked openAi(Object body) {
        Asked asked = new Asked();
        Tree.list(body, "tools").forEach(tool -> asked.tool(Tree.text(tool, "function", "name"), Tree.at(tool, "function", "parameters")));
        for (Object message : Tree.list(body, "messages")) {
            String role = Tree.text(message, "role");
            if (role.equals("system") || role.equals("developer")) {
                asked.system.append(texts(Tree.at(message, "content")));
            } else if (role.equals("tool")) {
                asked.result(Tree.text(message, "tool_call_id"), null, texts(Tree.at(message, "content")));
            } else {
                openAiParts(asked, role, Tree.at(message, "content"));
                Tree.list(message, "thinking_blocks").forEach(block -> asked.sign(Tree.text(block, "signature")));
                Tree.list(message, "tool_calls").forEach(call -> asked.call(Tree.text(call, "id"), Tree.text(call, "function", "name"),
                        Tree.readOrText(Tree.text(call, "function", "arguments"))));
            }
        }
        return asked;
    }

    private static void openAiParts(Asked asked, String role, Object content) {
        if (content instanceof String text) {
            asked.text(role, text);
        } else if (content instanceof List<?> parts) {
            for (Object part : parts) {
                asked.text(role, Tree.text(part, "text"));
                if (Tree.at(part, "image_url") != null) {
                    asked.image(role, Tree.textOr(Tree.text(part, "image_url"), part, "image_url", "url"));
                }
            }
        }
    }

    /** A text, or all texts of a list of parts. Cohere wraps the result of a call into a document. */
    private static String texts(Object content) {
        if (!(content instanceof List<?> parts)) {
            return content instanceof String text ? text : "";
        }
        return parts.stream().map(part -> Tree.textOr(Tree.textOr("", part, "document", "data"), part, "text")).collect(Collectors.joining());
    }

    private static Asked anthropic(Object body) {
        Asked asked = new Asked();
        asked.system.append(texts(Tree.at(body, "system")));
        Tree.list(body, "tools").forEach(tool -> asked.tool(Tree.text(tool, "name"), Tree.at(tool, "input_schema")));
        for (Object message : Tree.list(body, "messages")) {
            String role = Tree.text(message, "role");
            asked.text(role, Tree.text(message, "content"));
            for (Object block : Tree.list(message, "content")) {
                switch (Tree.text(block, "type")) {
                    case "text" -> asked.text(role, Tree.text(block, "text"));
                    case "image" -> asked.image(role, Tree.textOr("data:" + Tree.text(block, "source", "media_type") + ";base64," + Tree.text(block, "source", "data"), block, "source", "url"));
                    case "thinking" -> asked.sign(Tree.text(block, "signature"));
                    case "redacted_thinking" -> asked.sign(Tree.text(block, "data"));
                    case "tool_use" -> asked.call(Tree.text(block, "id"), Tree.text(block, "name"), Tree.object(block, "input"));
                    case "tool_result" -> asked.result(Tree.text(block, "tool_use_id"), null, texts(Tree.at(block, "content")));
                    default -> asked.said.add(role + " says something else: " + block);
                }
            }
        }
        return asked;
    }

    private static Asked gemini(Object body) {
        Asked asked = new Asked();
        asked.system.append(texts(Tree.list(body, Tree.at(body, "systemInstruction") == null ? "system_instruction" : "systemInstruction", "parts")));
        Tree.list(body, "tools").forEach(tool -> Tree.list(tool, "functionDeclarations").forEach(function -> asked.tool(Tree.text(function, "name"),
                Tree.at(function, "parametersJsonSchema") == null ? Tree.at(function, "parameters") : Tree.at(function, "parametersJsonSchema"))));
        for (Object content : Tree.list(body, "contents")) {
            String role = "model".equals(Tree.text(content, "role")) ? "assistant" : "user";
            for (Object part : Tree.list(content, "parts")) {
                asked.sign(Tree.text(part, "thoughtSignature"));
                if (!Boolean.TRUE.equals(Tree.at(part, "thought"))) {
                    asked.text(role, Tree.text(part, "text"));
                }
                if (Tree.at(part, "inlineData") != null) {
                    asked.image(role, "data:" + Tree.text(part, "inlineData", "mimeType") + ";base64," + Tree.text(part, "inlineData", "data"));
                } else if (Tree.at(part, "fileData") != null) {
                    asked.image(role, Tree.text(part, "fileData", "fileUri"));
                } else if (Tree.at(part, "functionCall") != null) {
                    asked.call(Tree.text(part, "functionCall", "id"), Tree.text(part, "functionCall", "name"), Tree.object(part, "functionCall", "args"));
                } else if (Tree.at(part, "functionResponse") != null) {
                    Map<String, Object> response = Tree.object(part, "functionResponse", "response");
                    asked.result(Tree.text(part, "functionResponse", "id"), Tree.text(part, "functionResponse", "name"),
                            response.size() == 1 && response.values().iterator().next() instanceof String text ? text : Tree.write(response));
                }
            }
        }
        return asked;
    }

    private static Asked responses(Object body) {
        Asked asked = new Asked();
        asked.system.append(Tree.textOr("", body, "instructions"));
        asked.text("user", Tree.text(body, "input"));
        Tree.list(body, "tools").forEach(tool -> asked.tool(Tree.text(tool, "name"), Tree.at(tool, "parameters")));
        for (Object item : Tree.list(body, "input")) {
            switch (Tree.textOr("message", item, "type")) {
                case "message" -> {
                    String role = Tree.text(item, "role");
                    if (role.equals("system") || role.equals("developer")) {
                        asked.system.append(texts(Tree.at(item, "content")));
                    } else {
                        openAiParts(asked, role, Tree.at(item, "content"));
                    }
                }
                case "function_call" -> asked.call(Tree.text(item, "call_id"), Tree.text(item, "name"), Tree.readOrText(Tree.text(item, "arguments")));
                case "function_call_output" -> asked.result(Tree.text(item, "call_id"), null, texts(Tree.at(item, "output")));
                case "reasoning" -> asked.sign(Tree.text(item, "encrypted_content"));
                default -> asked.said.add("something else: " + item);
            }
        }
        return asked;
    }

    private static Asked converse(Object body) {
        Asked asked = new Asked();
        asked.system.append(texts(Tree.at(body, "system")));
        Tree.list(body, "toolConfig", "tools").forEach(tool -> {
            if (Tree.at(tool, "toolSpec") != null) {
                asked.tool(Tree.text(tool, "toolSpec", "name"), Tree.at(tool, "toolSpec", "inputSchema", "json"));
            }
        });
        for (Object message : Tree.list(body, "messages")) {
            String role = Tree.text(message, "role");
            for (Object block : Tree.list(message, "content")) {
                asked.text(role, Tree.text(block, "text"));
                asked.sign(Tree.text(block, "reasoningContent", "reasoningText", "signature"));
                if (Tree.at(block, "image") != null) {
                    asked.image(role, Tree.textOr("data:image/" + Tree.text(block, "image", "format") + ";base64," + Tree.text(block, "image", "source", "bytes"),
                            block, "image", "source", "s3Location", "uri"));
                } else if (Tree.at(block, "toolUse") != null) {
                    asked.call(Tree.text(block, "toolUse", "toolUseId"), Tree.text(block, "toolUse", "name"), Tree.object(block, "toolUse", "input"));
                } else if (Tree.at(block, "toolResult") != null) {
                    asked.result(Tree.text(block, "toolResult", "toolUseId"), null, Tree.list(block, "toolResult", "content").stream()
                            .map(part -> Tree.textOr(Tree.at(part, "json") == null ? "" : Tree.write(Tree.at(part, "json")), part, "text")).collect(Collectors.joining()));
                }
            }
        }
        return asked;
    }
}
