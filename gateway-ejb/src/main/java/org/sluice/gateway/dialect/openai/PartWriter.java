package org.sluice.gateway.dialect.openai;

import java.util.List;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Part.Source;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonWriter;

/** Writes content parts. Parts that only another dialect knows cannot be told here and are left out. */
final class PartWriter {
    private final JsonWriter json;
    private final ModelFamily family;
    private final Crossing crossing;

    PartWriter(JsonWriter json, Crossing crossing) {
        this.json = json;
        this.family = crossing.family;
        this.crossing = crossing;
    }

    /** A string for one plain text, null for nothing, else an array. */
    void content(List<Part> parts) {
        if (parts.isEmpty()) {
            json.value((String) null);
        } else if (parts.size() == 1 && parts.get(0) instanceof Part.Text text && crossing.part(text.extras()).isEmpty()) {
            json.value(text.text());
        } else {
            json.beginArray();
            parts.forEach(this::part);
            json.endArray();
        }
    }

    /** A whole turn in its own order, thoughts and calls as blocks of Anthropic's. */
    void inOrder(List<Part> parts) {
        json.beginArray();
        for (Part part : parts) {
            if (part instanceof Part.Thinking thinking && Signatures.untag(Signatures.ANTHROPIC, thinking.signature()) == null) {
                continue;
            }
            if (part instanceof Part.Thinking || part instanceof Part.RedactedThinking) {
                ThinkingWriter.block(json, part);
            } else if (part instanceof Part.ToolCall call) {
                ToolCallWriter.block(json, crossing.call(call));
            } else {
                part(part);
            }
        }
        json.endArray();
    }

    private void part(Part part) {
        if (part instanceof Part.Text text) {
            begin("text").name("text").value(text.text());
            end("text.", part);
        } else if (part instanceof Part.Image image) {
            image(image);
        } else if (part instanceof Part.Audio audio && audio.source() instanceof Source.Base64 bytes) {
            begin("input_audio").name("input_audio").beginObject().name("data").value(bytes.data())
                    .name("format").value(audio.format() == null ? Sources.audioFormat(bytes.mediaType()) : audio.format());
            nested("input_audio.", part);
        } else if (part instanceof Part.Document document) {
            document(document);
        } else if (part instanceof Part.Refusal refusal) {
            begin("refusal").name("refusal").value(refusal.text());
            end("refusal.", part);
        } else if (part instanceof Part.Opaque opaque && family.takes(opaque.dialect())) {
            json.raw(opaque.value());
        }
    }

    private void image(Part.Image image) {
        if (image.source() instanceof Source.FileId file) {
            begin("input_image").name("file_id").value(file.id()).optional("detail", image.detail());
            end("image_url.", image);
        } else if (Sources.url(image.source()) != null) {
            begin("image_url").name("image_url").beginObject().name("url").value(Sources.url(image.source())).optional("detail", image.detail());
            nested("image_url.", image);
        }
    }

    private void document(Part.Document document) {
        if (document.source() instanceof Source.Inline inline && family == ModelFamily.CLAUDE) {
            begin("document").name("source").beginObject().name("type").value("text").name("media_type").value(inline.mediaType())
                    .name("data").value(inline.text()).endObject().optional("title", document.name());
            end("file.", document);
            return;
        }
        if (document.source() instanceof Source.Inline inline) {
            begin("text").name("text").value(inline.text());
            end("file.", document);
            return;
        }
        if (document.source() instanceof Source.Url && family == ModelFamily.OPENAI && !crossing.isOwn) {
            throw GatewayException.invalid("messages", "OpenAI's chat completions take a document's bytes or its file id, not its URL; send one of them.");
        }
        begin("file").name("file").beginObject();
        if (document.source() instanceof Source.FileId file) {
            json.name("file_id").value(file.id());
        } else {
            json.name(document.source() instanceof Source.Url ? "file_url" : "file_data").value(Sources.url(document.source()));
        }
        boolean needsName = !crossing.isOwn && family == ModelFamily.OPENAI && document.source() instanceof Source.Base64; // OpenAI asks for one
        json.optional("filename", document.name() == null && needsName ? "document.pdf" : document.name());
        nested("file.", document);
    }

    private JsonWriter begin(String type) {
        return json.beginObject().name("type").value(type);
    }

    private void nested(String prefix, Part part) {
        Rest.writeNested(json, prefix, part.extras());
        json.endObject();
        end(prefix, part);
    }

    private void end(String prefix, Part part) {
        Rest.writeOutside(json, prefix, crossing.part(part.extras()));
        json.endObject();
    }
}
