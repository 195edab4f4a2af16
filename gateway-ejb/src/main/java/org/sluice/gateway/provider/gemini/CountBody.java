package org.sluice.gateway.provider.gemini;

import java.util.List;
import java.util.Set;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonWriter;

/**
 * The body of a count. The API counts bare contents, or a whole request that names its model inside {@code
 * generateContentRequest}.
 *
 * @see <a href="https://ai.google.dev/api/tokens">Gemini API: countTokens</a>
 */
final class CountBody {
    private static final Set<String> BARE = Set.of("contents", "generateContentRequest", "generate_content_request");

    private CountBody() { }

    static Body of(Body body, String model) {
        byte[] bytes = body.toBytes();
        if (BARE.containsAll(JsonReader.readMembers(bytes).keySet())) {
            return body;
        }
        int opening = 0;
        while (bytes[opening] != '{') {
            opening++;
        }
        String head = "{\"generateContentRequest\":{\"model\":" + new JsonWriter().value(model).toText() + ",";
        return new Body(List.of(Slice.utf8(head), new Slice(bytes, opening + 1, bytes.length), Slice.utf8("}")));
    }
}
