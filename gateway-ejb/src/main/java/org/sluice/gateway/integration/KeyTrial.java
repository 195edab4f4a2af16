package org.sluice.gateway.integration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sluice.gateway.attempt.AttemptRunner;
import org.sluice.gateway.attempt.AttemptTrail;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.call.GatewayOptions;
import org.sluice.gateway.credential.CredentialChoice;
import org.sluice.gateway.credential.CredentialResolver;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.health.DeploymentKey;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.model.Model;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.route.AttemptPolicy;
import org.sluice.gateway.route.RoutePlan;
import org.sluice.gateway.route.Target;

/** Tries a key by the smallest chat there is: one word, at most 16 tokens of an answer. It costs what that costs. */
@ApplicationScoped
public class KeyTrial {
    private static final int TOKENS = 16;
    /** Like a request's own credential: what calls know of it does not refuse a trial, and a trial teaches calls nothing. */
    private static final String UNMARKED = "request:";
    private static final UpstreamLimits LIMITS = new UpstreamLimits(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20));
    @Inject OrganizationCredentials credentials;
    @Inject CredentialResolver resolver;
    @Inject AttemptRunner attempts;
    @Inject ModelCatalog catalog;
    @Inject Integrations integrations;
    @Inject OpenAiDialect dialect;

    /**
     * How it went.
     *
     * @param status the provider's, 200 when it answered; 0 when it could not be reached
     * @param message what it said when it refused, without secrets; null when it answered
     * @param millis from the request to the answer
     */
    public record Result(boolean isGood, int status, String model, String message, long millis) { }

    /**
     * @param model the provider's name of a model, or null for the cheapest that is known
     * @throws GatewayException INVALID_VALUE when no model is known and none was named
     */
    public Result run(Caller caller, ProviderKey key, Provider provider, String model) {
        String asked = model == null ? choose(key, provider) : model;
        CredentialChoice choice = credentials.choice(key, provider).map(stored -> resolver.addressed(caller.organization(), provider, stored)).orElseThrow(() ->
                GatewayException.invalid("credentials", "The stored credential does not open or lacks a field; give it again."));
        String id = provider.id() + "/" + asked;
        Target target = new Target(provider, provider.dialectFor(dialect, asked), choice.deployment(provider, asked), choice.credential(), catalog.find(provider.id(), asked).orElse(null),
                id, new DeploymentKey(id, provider.id(), UNMARKED + key.id()), choice.owner());
        long beganNanos = System.nanoTime();
        try {
            attempts.run(call(caller, asked), new RoutePlan(List.of(target), AttemptPolicy.once(LIMITS)), new AttemptTrail());
            return new Result(true, 200, asked, null, millisSince(beganNanos));
        } catch (GatewayException e) {
            return new Result(false, e.providerError().isPresent() ? e.status() : 0, asked, e.getMessage(), millisSince(beganNanos));
        }
    }

    private Call call(Caller caller, String model) {
        byte[] body = new JsonWriter().beginObject().name("model").value(model).name("max_tokens").value(TOKENS).name("messages").beginArray()
                .beginObject().name("role").value("user").name("content").value("Hi").endObject().endArray().endObject().toBytes();
        return new Call(UUID.randomUUID(), Instant.now(), System.nanoTime(), caller, dialect, "/api/integrations/test", dialect.readOutline(body), Set.of(),
                GatewayOptions.NONE, Operation.CHAT);
    }

    private String choose(ProviderKey key, Provider provider) {
        return key.availableModels().stream().findFirst().map(name -> bare(name, provider))
                .or(() -> integrations.models(key.organization()).stream().filter(own -> own.provider().equals(provider.id())).map(CustomModel::upstreamModel).findFirst())
                .or(() -> cheapest(provider))
                .orElseThrow(() -> GatewayException.invalid("model", "No model of the provider '" + provider.id() + "' is known; name one in 'model'."));
    }

    private Optional<String> cheapest(Provider provider) {
        return catalog.all().stream().filter(model -> model.provider().equals(provider.id()) && model.type() == Model.Type.CHAT && !model.isDeprecated()
                && model.price().filter(price -> price.output().signum() > 0 || provider.id().equals("demo")).isPresent())
                .min(Comparator.comparing(KeyTrial::costs).thenComparing(Model::name)).map(Model::name);
    }

    private static BigDecimal costs(Model model) {
        return model.price().map(price -> price.input().add(price.output())).orElseThrow();
    }

    private static String bare(String model, Provider provider) {
        int slash = model.indexOf('/');
        return slash > 0 && (provider.id().equals(model.substring(0, slash)) || provider.aliases().contains(model.substring(0, slash))) ? model.substring(slash + 1) : model;
    }

    private static long millisSince(long beganNanos) {
        return (System.nanoTime() - beganNanos) / 1_000_000;
    }
}
