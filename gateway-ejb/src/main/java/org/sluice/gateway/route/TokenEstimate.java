package org.sluice.gateway.route;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Part.Source;
import org.sluice.gateway.chat.Tool;

/**
 * Tokens of a conversation by rule of thumb, for models whose provider does not count in the client's dialect.
 *
 * <ul>
 * <li>Text of any kind, names, arguments and schemas of tools: one token for four bytes of UTF-8.
 * <li>Each message 4 more, each tool on offer 8 more.
 * <li>An image 1,500, at low detail 85. A document of text as text; another in base64 2,000 for each 50 kB begun,
 *     elsewhere 2,000. Sound in base64 32 for each 16 kB begun, elsewhere 1,000.
 * </ul>
 */
public final class TokenEstimate {
    private static final int BYTES_PER_TOKEN = 4;
    private static final int MESSAGE = 4;
    private static final int TOOL = 8;
    private static final int IMAGE = 1_500;
    private static final int LOW_IMAGE = 85;
    private static final int PAGES = 2_000;
    private static final int PAGE_BYTES = 50_000;
    private static final int SOUND = 1_000;
    private static final int SECOND = 32;
    private static final int SECOND_BYTES = 16_000;
    private long bytes;
    private long tokens;

    private TokenEstimate() { }

    public static long of(ChatRequest request) {
        TokenEstimate estimate = new TokenEstimate();
        request.tools().offered().forEach(estimate::tool);
        request.messages().forEach(estimate::message);
        return estimate.tokens + estimate.begun(estimate.bytes, BYTES_PER_TOKEN);
    }

    private void tool(Tool tool) {
        tokens += TOOL;
        text(tool.name());
        text(tool.description());
        text(tool.parameters() == null ? null : tool.parameters().text());
        text(tool.builtIn() == null ? null : tool.builtIn().value().text());
    }

    private void message(Message message) {
        tokens += MESSAGE;
        text(message.name());
        parts(message.parts());
    }

    private void parts(List<Part> parts) {
        parts.forEach(this::part);
    }

    private void part(Part part) {
        if (part instanceof Part.Text text) {
            text(text.text());
        } else if (part instanceof Part.Thinking thinking) {
            text(thinking.text());
        } else if (part instanceof Part.RedactedThinking redacted) {
            text(redacted.data());
        } else if (part instanceof Part.Refusal refusal) {
            text(refusal.text());
        } else if (part instanceof Part.ToolCall call) {
            text(call.name());
            text(call.arguments());
        } else if (part instanceof Part.ToolResult result) {
            parts(result.parts());
        } else if (part instanceof Part.Image image) {
            tokens += "low".equals(image.detail()) ? LOW_IMAGE : IMAGE;
        } else if (part instanceof Part.Document document) {
            document(document.source());
        } else if (part instanceof Part.Audio audio) {
            tokens += audio.source() instanceof Source.Base64 sound ? SECOND * begun(decoded(sound), SECOND_BYTES) : SOUND;
        } else if (part instanceof Part.Opaque opaque) {
            text(opaque.value().text());
        }
    }

    private void document(Source source) {
        if (source instanceof Source.Inline inline) {
            text(inline.text());
        } else if (source instanceof Source.Base64 base64 && base64.mediaType().startsWith("text/")) {
            bytes += decoded(base64);
        } else {
            tokens += source instanceof Source.Base64 base64 ? PAGES * begun(decoded(base64), PAGE_BYTES) : PAGES;
        }
    }

    private static long decoded(Source.Base64 source) {
        return source.data().length() * 3L / 4;
    }

    private static long begun(long amount, int each) {
        return (amount + each - 1) / each;
    }

    private void text(String text) {
        bytes += text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
