package org.sluice.gateway.provider.compatible;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.json.MemberSplice;
import org.sluice.gateway.provider.CredentialField;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.provider.UpstreamRequest;

/**
 * An OpenAI-compatible provider that an organization defined for itself. No variable of the operator's environment belongs to
 * it, whatever its id: an organization must not name itself to the operator's keys.
 */
public final class OwnProvider extends OpenAiCompatible {
    private final Defaults defaults;

    /** What holds for calls that say nothing else; null members say nothing. */
    public record Defaults(Duration timeout, Double temperature, Long maxTokens) {
        public static final Defaults NONE = new Defaults(null, null, null);
    }

    /** @param baseUrl up to and with the version, checked */
    public OwnProvider(String id, String baseUrl, Defaults defaults, OpenAiDialect dialect) {
        super(id, Objects.requireNonNull(baseUrl, "baseUrl is null"));
        this.defaults = defaults;
        this.dialect = dialect;
    }

    @Override
    public boolean hasTrustedAddress() {
        return false;
    }

    @Override
    public boolean needsCredential() {
        return false;
    }

    @Override
    public List<String> variables(String ending) {
        return List.of();
    }

    @Override
    public List<CredentialField> credentialFields() {
        return List.of(new CredentialField(CredentialField.API_KEY, List.of(), false));
    }

    @Override
    public Body accepted(Dialect spoken, String upstreamModel, Body body, Losses losses) {
        if (!spoken.name().equals(dialect.name()) || defaults.temperature == null && defaults.maxTokens == null) {
            return body;
        }
        MemberSplice splice = MemberSplice.of(body);
        if (defaults.temperature != null && !splice.has("temperature")) {
            splice.set("temperature", new RawJson(BigDecimal.valueOf(defaults.temperature).toPlainString()));
        }
        if (defaults.maxTokens != null && !splice.has("max_tokens") && !splice.has("max_completion_tokens")) {
            splice.set("max_tokens", new RawJson(defaults.maxTokens.toString()));
        }
        return splice.isChanged() ? splice.toBody() : body;
    }

    @Override
    public UpstreamRequest prepare(Dispatch dispatch) {
        UpstreamRequest request = super.prepare(dispatch);
        return defaults.timeout == null ? request
                : new UpstreamRequest(request.uri(), request.headers(), request.body(), request.isStream(), within(request.limits()));
    }

    private UpstreamLimits within(UpstreamLimits limits) {
        return new UpstreamLimits(min(limits.connect()), min(limits.firstByte()), min(limits.idle()), min(limits.total()));
    }

    private Duration min(Duration limit) {
        return limit.compareTo(defaults.timeout) < 0 ? limit : defaults.timeout;
    }
}
