package org.sluice.gateway.ingress.anthropic;

import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.ingress.CallableModels.Item;
import org.sluice.gateway.json.JsonWriter;

/**
 * Writes models as Anthropic does: {@code {"data":[...],"has_more":false,"first_id":...,"last_id":...}}.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/models/list">Claude: list models</a>
 */
final class ModelPage {
    private static final int MOST = 1000;

    private ModelPage() { }

    /**
     * @param limit models on a page, at most 1,000; null for all
     * @param after the id before the page, or null
     * @param before the id after the page, or null
     */
    static byte[] list(List<Item> models, Integer limit, String after, String before) {
        if (limit != null && (limit < 1 || limit > MOST)) {
            throw GatewayException.invalid("limit", "'limit' is not a number from 1 to " + MOST + ".");
        }
        int from = after == null ? 0 : indexOf(models, "after_id", after) + 1;
        int to = before == null ? models.size() : indexOf(models, "before_id", before);
        List<Item> found = models.subList(Math.min(from, to), to);
        int size = limit == null ? found.size() : Math.min(limit, found.size());
        List<Item> page = before != null && after == null ? found.subList(found.size() - size, found.size()) : found.subList(0, size);
        JsonWriter json = new JsonWriter(16_384).beginObject().name("data").beginArray();
        page.forEach(item -> write(json, item));
        return json.endArray().name("has_more").value(size < found.size())
                .name("first_id").value(page.isEmpty() ? null : page.get(0).id())
                .name("last_id").value(page.isEmpty() ? null : page.get(page.size() - 1).id()).endObject().toBytes();
    }

    /** @throws GatewayException MODEL_NOT_FOUND */
    static byte[] one(List<Item> models, String id) {
        Item item = models.stream().filter(model -> model.id().equals(id) || model.model().prefixedName().equals(id)).findFirst()
                .orElseThrow(() -> GatewayException.of(ErrorType.MODEL_NOT_FOUND, "model", "No model is called '" + shown(id) + "' here."));
        JsonWriter json = new JsonWriter();
        write(json, item);
        return json.toBytes();
    }

    private static int indexOf(List<Item> models, String parameter, String id) {
        for (int i = 0; i < models.size(); i++) {
            if (models.get(i).id().equals(id)) {
                return i;
            }
        }
        throw GatewayException.invalid(parameter, "'" + parameter + "' names no model of the list.");
    }

    private static void write(JsonWriter json, Item item) {
        String name = item.model().displayName();
        json.beginObject().name("type").value("model").name("id").value(item.id()).name("display_name").value(name == null ? item.id() : name)
                .name("created_at").value(item.model().updated() == null ? "1970-01-01T00:00:00Z"
                        : DateTimeFormatter.ISO_INSTANT.format(item.model().updated().atTime(LocalTime.MIN).toInstant(ZoneOffset.UTC)));
        if (item.model().contextWindow() > 0) {
            json.name("max_input_tokens").value(item.model().contextWindow());
        }
        if (item.model().maxOutput() > 0) {
            json.name("max_tokens").value(item.model().maxOutput());
        }
        json.endObject();
    }

    private static String shown(String id) {
        return id.length() > 200 ? id.substring(0, 200) : id;
    }
}
