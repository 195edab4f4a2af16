package org.sluice.gateway.ingress.openai;

import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** What a caller who lists models asks for; an empty body asks for everything. */
record ModelListParameters(ModelListing.Wanted wanted, int page, int pageSize) {
    private static final int PAGE_SIZE = 100;
    private static final int MAX_PAGE_SIZE = 1_000;
    private static final int MAX_PAGE = 1_000_000;

    /** @throws GatewayException INVALID_VALUE, or of the JSON reader's kinds */
    static ModelListParameters read(byte[] body) {
        if (body == null || body.length == 0) {
            return new ModelListParameters(new ModelListing.Wanted(null, null), 1, PAGE_SIZE);
        }
        JsonObject json = JsonReader.readObject(body);
        String provider = text(json, "provider_id");
        String search = text(json, "search");
        return new ModelListParameters(new ModelListing.Wanted(search == null ? text(json, "model_name") : search, provider),
                number(json, "page", 1, MAX_PAGE), number(json, "page_size", PAGE_SIZE, MAX_PAGE_SIZE));
    }

    private static String text(JsonObject json, String name) {
        JsonValue value = json.present(name);
        if (value != null && value.asText() == null) {
            throw GatewayException.invalid(name, "'" + name + "' is a text.");
        }
        return value == null ? null : value.asText();
    }

    private static int number(JsonObject json, String name, int otherwise, int max) {
        long given = json.number(name, json.present(name) == null ? otherwise : -1);
        if (given < 1 || given > max) {
            throw GatewayException.invalid(name, "'" + name + "' is a whole number from 1 to " + max + ".");
        }
        return (int) given;
    }

    /** The page with what stands around it. */
    byte[] write(ModelListing listing) {
        int count = listing.count(wanted);
        return new JsonWriter(65_536).beginObject().name("count").value(count)
                .name("next").literal((long) page * pageSize < count ? Integer.toString(page + 1) : null)
                .name("previous").literal(page > 1 ? Integer.toString(page - 1) : null)
                .name("results").raw(org.sluice.gateway.dialect.Slice.of(listing.page(wanted, page, pageSize))).endObject().toBytes();
    }
}
