package org.sluice.gateway.management;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.json.bind.config.PropertyNamingStrategy;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes records as answers: {@code availableModels} is {@code available_models} on the wire, null stands where there is no value. */
@ApplicationScoped
public class ManagementJson {
    private Jsonb jsonb;

    /** A whole list in the form of a page, as clients of the management API expect it. */
    @JsonbPropertyOrder({"count", "next", "previous", "results"})
    public record Page<T>(int count, String next, String previous, List<T> results) { }

    @PostConstruct
    void open() {
        jsonb = JsonbBuilder.create(new JsonbConfig().withNullValues(true).withPropertyNamingStrategy(PropertyNamingStrategy.LOWER_CASE_WITH_UNDERSCORES));
    }

    /** For tests. */
    static ManagementJson opened() {
        ManagementJson json = new ManagementJson();
        json.open();
        return json;
    }

    Response answer(int status, Object view) {
        return answer(status, write(view));
    }

    static Response answer(int status, byte[] json) {
        return Response.status(status).type(MediaType.APPLICATION_JSON).header("Cache-Control", "no-store").entity(json).build();
    }

    /** Everything there is, on one page. */
    Response page(List<?> views) {
        return answer(200, new Page<>(views.size(), null, null, views));
    }

    byte[] write(Object view) {
        return jsonb.toJson(view).getBytes(StandardCharsets.UTF_8);
    }

    @PreDestroy
    void close() {
        try {
            jsonb.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
