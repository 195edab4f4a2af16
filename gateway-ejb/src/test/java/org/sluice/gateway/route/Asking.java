package org.sluice.gateway.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.call.GatewayOptions;
import org.sluice.gateway.call.RequestCredentials;
import org.sluice.gateway.call.Routing;
import org.sluice.gateway.call.Routing.Group;
import org.sluice.gateway.call.Routing.Retry;
import org.sluice.gateway.call.Routing.WeightedModel;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.provider.Operation;

/** A call with routing, for tests. */
public final class Asking {
    private static final Set<String> GATEWAY_MEMBERS = Set.of("fallback_models", "retry_params");
    private Dialect dialect = new OpenAiDialect();
    private String members = ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
    private final String model;
    private boolean isStream;
    private Duration timeout;
    private String pinned;
    private List<String> fallbacks = List.of();
    private boolean isFallbackDisabled;
    private Retry retry;
    private List<WeightedModel> balanced = List.of();
    private Group group;
    private List<String> models = List.of();
    private Set<String> excludedModels = Set.of();
    private Set<String> excludedProviders = Set.of();
    private Duration hedge;
    private Operation operation = Operation.CHAT;

    private Asking(String model) {
        this.model = model;
    }

    public static Asking model(String model) {
        return new Asking(model);
    }

    public static Asking nothing() {
        return new Asking(null);
    }

    public static WeightedModel item(String model, double weight) {
        return new WeightedModel(model, weight, Map.of());
    }

    public Asking dialect(Dialect value) {
        dialect = value;
        return this;
    }

    /** Instead of one message. */
    public Asking body(String value) {
        members = "," + value;
        return this;
    }

    public Asking stream() {
        isStream = true;
        return this;
    }

    public Asking operation(Operation value) {
        operation = value;
        return this;
    }

    public Asking timeout(Duration value) {
        timeout = value;
        return this;
    }

    public Asking pinned(String provider) {
        pinned = provider;
        return this;
    }

    public Asking fallbacks(String... value) {
        fallbacks = List.of(value);
        return this;
    }

    public Asking withoutFallback() {
        isFallbackDisabled = true;
        return this;
    }

    public Asking retries(int times, double seconds) {
        retry = new Retry(true, times, Duration.ofNanos((long) (seconds * 1e9)));
        return this;
    }

    public Asking balanced(WeightedModel... value) {
        balanced = List.of(value);
        return this;
    }

    public Asking group(String id, WeightedModel... value) {
        group = new Group(id, List.of(value));
        return this;
    }

    public Asking models(String... value) {
        models = List.of(value);
        return this;
    }

    public Asking excluded(Set<String> names, Set<String> providers) {
        excludedModels = names;
        excludedProviders = providers;
        return this;
    }

    public Asking hedge(Duration value) {
        hedge = value;
        return this;
    }

    public Call call() {
        byte[] body = ("{" + (model == null ? "\"user\":\"u\"" : "\"model\":\"" + model + "\"") + members + (isStream ? ",\"stream\":true" : "") + "}").getBytes(UTF_8);
        Routing routing = new Routing(fallbacks, isFallbackDisabled, retry, balanced, group, models, excludedModels, excludedProviders, hedge);
        GatewayOptions options = new GatewayOptions(GatewayOptions.Observability.NONE, timeout, Map.of(), pinned, false, Map.of(), null, null, Set.of(),
                routing, RequestCredentials.NONE, null);
        return new Call(UUID.randomUUID(), Instant.now(), System.nanoTime(), new Caller(1, "p", null, "o", "prod"), dialect, "/api/chat/completions",
                dialect.readOutline(body), GATEWAY_MEMBERS, options, operation);
    }
}
