package org.sluice.gateway.management;

import jakarta.ws.rs.core.UriInfo;
import org.sluice.gateway.json.JsonWriter;

/** The frame of one page of a list. */
final class JsonPage {
    private JsonPage() { }

    /** Writes count, next and previous and opens the results; the caller writes those and closes both. */
    static void begin(JsonWriter json, UriInfo uri, long count, int page, int size) {
        boolean hasNext = (long) page * size < count;
        json.name("count").value(count);
        json.name("next").value(hasNext ? link(uri, page + 1) : null);
        json.name("previous").value(page > 1 ? link(uri, page - 1) : null);
        json.name("results").beginArray();
    }

    private static String link(UriInfo uri, int page) {
        return uri.getRequestUriBuilder().replaceQueryParam("page", page).build().toString();
    }
}
