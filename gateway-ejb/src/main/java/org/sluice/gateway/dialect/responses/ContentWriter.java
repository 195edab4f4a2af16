package org.sluice.gateway.dialect.responses;

import java.util.Set;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Part.Source;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonWriter;

/** Writes content parts. */
final class ContentWriter {
    private static final RawJson NONE = new RawJson("[]");
    private final JsonWriter json;

    ContentWriter(JsonWriter json) {
        this.json = json;
    }

    /** A part of what the model is told. */
    void input(Part part) {
        if (part instanceof Part.Text text) {
            begin("input_text").name("text").value(text.text());
            end(part, Set.of("annotations", "logprobs"));
        } else if (part instanceof Part.Refusal refusal) {
            begin("input_text").name("text").value(refusal.text());
            end(part, Set.of());
        } else if (part instanceof Part.Image image) {
            String url = url(image.source());
            begin("input_image").optional("image_url", url)
                    .optional("file_id", image.source() instanceof Source.FileId file ? file.id() : null).optional("detail", image.detail());
            end(part, Set.of());
        } else if (part instanceof Part.Document document) {
            document(document);
        } else if (part instanceof Part.Audio audio && audio.source() instanceof Source.Base64 bytes) {
            begin("input_audio").name("input_audio").beginObject().name("data").value(bytes.data())
                    .name("format").value(audio.format() == null ? bytes.mediaType().substring(bytes.mediaType().indexOf('/') + 1) : audio.format()).endObject();
            end(part, Set.of());
        } else if (part instanceof Part.Opaque opaque && opaque.dialect().equals(ResponsesDialect.NAME)) {
            json.raw(opaque.value());
        }
    }

    private void document(Part.Document document) {
        if (document.source() instanceof Source.Inline inline) {
            begin("input_text").name("text").value(inline.text());
        } else {
            boolean isUrl = document.source() instanceof Source.Url;
            begin("input_file").optional("filename", document.name()).optional(isUrl ? "file_url" : "file_data", url(document.source()))
                    .optional("file_id", document.source() instanceof Source.FileId file ? file.id() : null);
        }
        end(document, Set.of());
    }

    /** A part of what the model said. */
    void output(Part part, boolean isForProvider) {
        if (part instanceof Part.Text text) {
            begin("output_text").name("annotations").raw(orNone(isForProvider ? Annotations.forProvider(text) : Annotations.of(text)))
                    .name("logprobs").raw(orNone(text.extras().get(ContentReader.LOGPROBS))).name("text").value(text.text());
            end(part, Set.of("annotations", "logprobs"));
        } else if (part instanceof Part.Refusal refusal) {
            begin("refusal").name("refusal").value(refusal.text());
            end(part, Set.of());
        } else if (part instanceof Part.Opaque opaque) {
            json.raw(opaque.value());
        }
    }

    private static RawJson orNone(RawJson array) {
        return array == null ? NONE : array;
    }

    private static String url(Source source) {
        return source instanceof Source.Url url ? url.url()
                : source instanceof Source.Base64 base64 ? "data:" + base64.mediaType() + ";base64," + base64.data() : null;
    }

    private JsonWriter begin(String type) {
        return json.beginObject().name("type").value(type);
    }

    private void end(Part part, Set<String> written) {
        Rest.write(json, part.extras(), written);
        json.endObject();
    }
}
