package org.sluice.gateway.management;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.integration.BaseUrl;
import org.sluice.gateway.integration.CustomProvider;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.provider.KeyHeader;
import org.sluice.gateway.provider.compatible.OwnProvider;

/** What a request says of a provider. */
record ProviderDraft(Members members, Members extra, BaseUrl addresses) {
    private static final String EXTRA = "extra_kwargs";
    private static final Set<String> KNOWN = Set.of("base_url", "timeout", "temperature", "max_tokens");
    private static final int NAME = 255;
    private static final int KEY = 16_384;
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

    /** Members of {@code extra_kwargs} that nobody knows are refused: one of them may be meant to be an address. */
    static ProviderDraft of(Members members, BaseUrl addresses) {
        Members extra = members.object(EXTRA);
        if (extra != null) {
            extra.json().members().keySet().stream().filter(name -> !KNOWN.contains(name)).findFirst().ifPresent(name -> {
                throw GatewayException.invalid(EXTRA + "." + name, "'" + EXTRA + "' has no member '" + name + "'; it has base_url, timeout, temperature and max_tokens.");
            });
        }
        return new ProviderDraft(members, extra == null ? new Members(new JsonObject(java.util.Map.of(), new byte[0], 0, 0), EXTRA + ".") : extra, addresses);
    }

    /**
     * @param now what is stored, or null
     * @param isWhole whether what is not mentioned goes; the key stays all the same
     */
    CustomProvider apply(String organization, String id, CustomProvider now, boolean isWhole) {
        OwnProvider.Defaults before = now == null || isWhole ? OwnProvider.Defaults.NONE : now.defaults();
        String base = extra.needed("base_url", 1_024, now == null || isWhole ? null : now.baseUrl());
        String name = members.text("provider_name", NAME, now == null || isWhole ? null : now.name());
        BigDecimal timeout = extra.number("timeout", "0", true, "3600", null);
        BigDecimal temperature = extra.number("temperature", "0", false, "2", before.temperature() == null ? null : BigDecimal.valueOf(before.temperature()));
        OwnProvider.Defaults defaults = new OwnProvider.Defaults(!extra.has("timeout") ? before.timeout() : timeout == null ? null : Duration.ofNanos(timeout.multiply(NANOS).longValue()),
                temperature == null ? null : temperature.doubleValue(), extra.count("max_tokens", Integer.MAX_VALUE, before.maxTokens()));
        Instant time = Instant.now().truncatedTo(ChronoUnit.MICROS);
        String key = members.has("api_key") ? key() : now == null ? null : now.apiKey();
        return new CustomProvider(now == null ? UUID.randomUUID().toString() : now.id(), organization, id, name == null ? id : name, key,
                members.has("api_key") || now == null || now.isReadable(), now != null && base.equals(now.baseUrl()) ? base : addresses.require(organization, base, EXTRA + ".base_url"), defaults,
                now == null ? time : now.createdAt(), time);
    }

    private String key() {
        String key = members.text("api_key", KEY, null);
        if (key != null && !KeyHeader.isHeaderText(key)) {
            throw members.wrong("api_key", "visible ASCII characters, as the provider gave it");
        }
        return key;
    }
}
