package org.sluice.gateway.dialect.gemini;

import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;

/**
 * Google's own tools, and those of other providers that do the same.
 *
 * @see <a href="https://ai.google.dev/gemini-api/docs/tools">Gemini API: tools</a>
 */
final class BuiltInTools {
    static final RawJson SEARCH = new RawJson("{\"googleSearch\":{}}");
    private static final RawJson CODE = new RawJson("{\"codeExecution\":{}}");
    private static final RawJson PAGES = new RawJson("{\"urlContext\":{}}");

    private BuiltInTools() { }

    /** Null when Gemini has no such tool. */
    static RawJson of(Part.Opaque tool) {
        String type = tool.type();
        if (tool.dialect().equals(GeminiDialect.NAME)) {
            return tool.value();
        }
        if (type.startsWith("web_search")) {
            return SEARCH;
        }
        return type.startsWith("web_fetch") ? PAGES : type.startsWith("code_interpreter") || type.startsWith("code_execution") ? CODE : null;
    }
}
