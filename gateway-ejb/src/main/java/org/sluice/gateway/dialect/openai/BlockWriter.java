package org.sluice.gateway.dialect.openai;

import java.util.List;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.json.JsonWriter;

/**
 * Writes what another dialect's answer holds and this one has no word for, such as calls of the provider's own tools and
 * their results: as {@code content_blocks}, each as it came. A client that sends them back finds them read again.
 */
final class BlockWriter {
    static final String MEMBER = "content_blocks";

    private BlockWriter() { }

    static boolean isForeign(Part part) {
        return part instanceof Part.Opaque opaque && !opaque.dialect().equals(OpenAiDialect.NAME);
    }

    static void write(JsonWriter json, List<Part> parts) {
        if (parts.stream().noneMatch(BlockWriter::isForeign)) {
            return;
        }
        json.name(MEMBER).beginArray();
        for (Part part : parts) {
            if (isForeign(part)) {
                json.raw(((Part.Opaque) part).value());
            }
        }
        json.endArray();
    }
}
