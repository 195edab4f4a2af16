package org.sluice.gateway.route;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.credential.CredentialChoice;
import org.sluice.gateway.credential.CredentialResolver;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.responses.ResponsesDialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.UpstreamLimits;

/** Turns the model a client asks for into the targets that may answer. */
@ApplicationScoped
public class RoutePlanner {
    @Inject Providers providers;
    @Inject ModelNames names;
    @Inject CredentialResolver credentials;
    @Inject GatewayConfig config;

    public RoutePlan plan(Call call) {
        String name = call.model();
        if (name.isEmpty()) {
            throw GatewayException.invalid("model", "No model was asked for; name one in 'model'.");
        }
        Target target = target(call, name);
        return new RoutePlan(List.of(target), new AttemptPolicy(0, limits(call)));
    }

    /** For a call that asks a provider and not a model: files, batches, whatever is passed through. */
    public RoutePlan planFor(Call call, String providerName) {
        Provider provider = providers.find(providerName, call.caller().organization()).orElseThrow(() ->
                new GatewayException(ErrorType.NOT_FOUND, "No provider is called '" + providerName + "'."));
        requireOffered(call, provider);
        String model = call.model();
        CredentialChoice choice = choice(call, provider, model);
        Target target = new Target(provider, provider.dialectFor(call.ingress(), model), choice.deployment(provider, model), choice.credential(),
                names.model(call.caller().organization(), provider, model));
        return new RoutePlan(List.of(target), new AttemptPolicy(0, limits(call)));
    }

    /** Tokens can be counted by the gateway itself where a provider does not. */
    private static void requireOffered(Call call, Provider provider) {
        if (call.operation() != Operation.COUNT_TOKENS && !provider.operations().contains(call.operation())) {
            throw GatewayException.of(ErrorType.NOT_FOUND, "model", "The provider '" + provider.id() + "' has no endpoint for this ("
                    + call.operation().logType() + ").");
        }
    }

    private Target target(Call call, String name) {
        boolean isMocked = call.options().mockResponse() != null; // nobody will be asked: no credential is needed, nothing is paid
        ModelNames.Named named = names.resolve(call.caller().organization(), name, call.options().routeProvider());
        Provider provider = named.provider();
        String upstreamModel = named.upstreamModel();
        requireOffered(call, provider);
        upstreamModel = mapped(call, provider, name, upstreamModel);
        Dialect dialect = isTranslated(call, provider) ? provider.dialect() : provider.dialectFor(call.ingress(), upstreamModel);
        if (isMocked) {
            return new Target(provider, dialect, CredentialChoice.NOBODY.deployment(provider, upstreamModel), Credential.None.NONE, null);
        }
        CredentialChoice choice = choice(call, provider, name);
        return new Target(provider, dialect, choice.deployment(provider, upstreamModel), choice.credential(), named.model());
    }

    private CredentialChoice choice(Call call, Provider provider, String model) {
        return credentials.choices(call, provider, model, Map.of()).stream().findFirst()
                .orElseThrow(() -> new GatewayException(ErrorType.NO_TARGET, credentials.missing(provider)));
    }

    /** {@code model_name_map}: what the caller's account calls the model; the provider stays, its prefix may be repeated. */
    private static String mapped(Call call, Provider provider, String asked, String upstreamModel) {
        String mapped = call.options().credentials().modelNames().get(asked);
        int slash = mapped == null ? -1 : mapped.indexOf('/');
        boolean isRepeated = slash > 0 && (provider.id().equals(mapped.substring(0, slash)) || provider.aliases().contains(mapped.substring(0, slash)));
        return mapped == null ? upstreamModel : isRepeated ? mapped.substring(slash + 1) : mapped;
    }

    /** The operator knows that what stands at this provider's address has no Responses API. */
    private boolean isTranslated(Call call, Provider provider) {
        return call.ingress().name().equals(ResponsesDialect.NAME) && config.optionalText(ConfigKey.RESPONSES_TRANSLATED)
                .map(ids -> List.of(ids.split("[\\s,]+")).contains(provider.id())).orElse(false);
    }

    private UpstreamLimits limits(Call call) {
        Duration total = call.isStream() ? config.duration(ConfigKey.UPSTREAM_STREAM_TOTAL_TIMEOUT) : config.duration(ConfigKey.UPSTREAM_TOTAL_TIMEOUT);
        Duration asked = call.options().timeout();
        if (asked != null && asked.compareTo(total) < 0) {
            total = asked;
        }
        Duration firstByte = asked == null && call.isStream() ? min(config.duration(ConfigKey.UPSTREAM_FIRST_BYTE_TIMEOUT), total) : total;
        return new UpstreamLimits(min(config.duration(ConfigKey.UPSTREAM_CONNECT_TIMEOUT), total), firstByte, min(config.duration(ConfigKey.UPSTREAM_IDLE_TIMEOUT), total), total);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
