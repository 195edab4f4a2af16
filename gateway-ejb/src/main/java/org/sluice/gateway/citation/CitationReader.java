package org.sluice.gateway.citation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * Reads citations of any dialect: one, a list, or lists in a list, as a stream leaves them.
 *
 * @see <a href="https://platform.openai.com/docs/guides/tools-web-search">OpenAI: url_citation</a>
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/citations">Claude: citations</a>
 * @see <a href="https://docs.cohere.com/docs/rag-citations">Cohere: citations</a>
 * @see <a href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Citation.html">Bedrock: Citation</a>
 */
final class CitationReader {
    private final int from;
    private final int to;
    private final List<Citation> found;
    private RawJson own;

    /** @param from where a citation without a place begins */
    private CitationReader(int from, int to, List<Citation> found) {
        this.from = from;
        this.to = to;
        this.found = found;
    }

    static void read(RawJson raw, int from, int to, List<Citation> found) {
        try {
            new CitationReader(from, to, found).any(JsonReader.read(raw.text().getBytes(StandardCharsets.UTF_8)));
        } catch (GatewayException notJson) {
            return;
        }
    }

    private void any(JsonValue value) {
        if (value instanceof JsonArray array) {
            array.items().forEach(this::any);
        } else if (value instanceof JsonObject object) {
            one(object);
        } else if (value.asText() != null) {
            add(isAddress(value.asText()) ? value.asText() : null, null, null, null, null);
        }
    }

    private void one(JsonObject given) {
        own = given.raw();
        String type = given.text("type") == null ? "" : given.text("type");
        if (type.equals(Citations.DOCUMENT)) {
            add(null, given.text("title"), given.text("document_id"), given.text("cited_text"), given);
        } else if (given.object("url_citation") != null) {
            JsonObject page = given.object("url_citation");
            add(page.text("url"), page.text("title"), null, page.text("content"), page);
        } else if (!given.items("sources").isEmpty()) {
            given.items("sources").forEach(source -> cohere(given, source));
        } else if (given.object("location") != null || !given.items("sourceContent").isEmpty()) {
            converse(given);
        } else if (type.equals("file_citation") || type.equals("container_file_citation") || type.equals("file_path")) {
            add(null, given.text("filename"), given.text("file_id"), null, given);
        } else if (type.endsWith("_location")) {
            anthropic(given);
        } else {
            add(given.text("url"), given.text("title"), null, null, given);
        }
    }

    private void anthropic(JsonObject given) {
        String url = given.text("url") == null && isAddress(given.text("source")) ? given.text("source") : given.text("url");
        add(url, given.text("title") == null ? given.text("document_title") : given.text("title"),
                given.text("file_id") == null ? given.text("source") : given.text("file_id"), given.text("cited_text"), null);
    }

    private void converse(JsonObject given) {
        JsonObject location = given.object("location");
        JsonObject web = location == null ? null : location.object("web");
        StringBuilder quoted = new StringBuilder();
        for (JsonValue piece : given.items("sourceContent")) {
            quoted.append(piece instanceof JsonObject object && object.text("text") != null ? object.text("text") : "");
        }
        String url = web != null ? web.text("url") : isAddress(given.text("source")) ? given.text("source") : null;
        add(url, given.text("title"), given.text("source"), quoted.isEmpty() ? null : quoted.toString(), null);
    }

    private void cohere(JsonObject given, JsonValue item) {
        JsonObject source = item instanceof JsonObject object ? object : null;
        JsonObject document = source == null ? null : source.object("document") == null ? source.object("tool_output") : source.object("document");
        if (document != null) {
            add(document.text("url"), document.text("title"), source.text("id"), document.text("text") == null ? document.text("snippet") : document.text("text"),
                    given);
        }
    }

    private static boolean isAddress(String text) {
        return text != null && (text.startsWith("https://") || text.startsWith("http://"));
    }

    /** @param place has the place, null when there is none */
    private void add(String url, String title, String source, String quoted, JsonObject place) {
        if (isEmpty(url) && isEmpty(title) && isEmpty(source) && isEmpty(quoted)) {
            return;
        }
        long start = place == null ? -1 : place.number("start_index", place.number("start", -1));
        long end = place == null ? -1 : place.number("end_index", place.number("end", -1));
        boolean hasPlace = start >= 0 && end >= start && end < Integer.MAX_VALUE / 2;
        found.add(new Citation(isEmpty(url) ? null : url, isEmpty(title) ? null : title, isEmpty(source) ? null : source, isEmpty(quoted) ? null : quoted,
                hasPlace ? from + (int) start : from, hasPlace ? from + (int) end : to, own));
    }

    private static boolean isEmpty(String text) {
        return text == null || text.isEmpty();
    }
}
