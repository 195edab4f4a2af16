package org.sluice.gateway.provider.azure;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.CredentialField;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.KeyHeader;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.UpstreamRequest;

/** What all of Azure's ways have in common: a resource with an address of its own, a key or a token, an API version. */
abstract class AzureResource implements Provider {
    static final String API_BASE = "api_base";
    static final String API_VERSION = "api_version";
    static final String AD_TOKEN = "azure_ad_token";
    static final String RESPONSES = "responses";
    private static final Set<String> OPEN = Set.of(API_BASE, API_VERSION);
    private static final Set<String> V1 = Set.of("", "v1", "preview", "latest");
    private static final List<String> HOSTS = List.of(".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com",
            ".models.ai.azure.com", ".inference.ml.azure.com", ".openai.azure.us", ".openai.azure.cn");

    /** The resource's address: only the operator or the credential can say. */
    @Override
    public URI baseUrl() {
        return null;
    }

    @Override
    public URI baseUrl(Credential credential) {
        String base = field(credential, API_BASE);
        if (base == null) {
            return null;
        }
        try {
            URI uri = URI.create(base);
            String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
            if ("https".equalsIgnoreCase(uri.getScheme()) && HOSTS.stream().anyMatch(host::endsWith) && uri.getRawUserInfo() == null
                    && (uri.getPort() < 0 || uri.getPort() == 443) && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (IllegalArgumentException notAUri) {
            // told below
        }
        throw new GatewayException(ErrorType.API_BASE_NOT_ALLOWED, "'api_base' must be the https address of an Azure resource.");
    }

    /** Names by which the operator knows the address beside {@code _BASE_URL}: Azure's own tools call it so. */
    @Override
    public List<String> variables(String ending) {
        List<String> names = new java.util.ArrayList<>(Provider.super.variables(ending));
        if (ending.equals("_BASE_URL")) {
            names.addAll(Provider.super.variables("_API_BASE"));
            names.addAll(Provider.super.variables("_ENDPOINT"));
        }
        return names;
    }

    @Override
    public List<CredentialField> credentialFields() {
        return List.of(new CredentialField(CredentialField.API_KEY, variables("_API_KEY"), false),
                new CredentialField(AD_TOKEN, variables("_AD_TOKEN"), false),
                new CredentialField(API_BASE, List.of(), false),
                new CredentialField(API_VERSION, variables("_API_VERSION"), false));
    }

    @Override
    public Optional<Credential> credential(Map<String, String> fields) {
        return fields.containsKey(CredentialField.API_KEY) || fields.containsKey(AD_TOKEN) ? Optional.of(new Credential.Fields(fields, OPEN)) : Optional.empty();
    }

    static String field(Credential credential, String name) {
        return credential instanceof Credential.Fields fields ? fields.get(name) : null;
    }

    @Override
    public UpstreamRequest authorise(UpstreamRequest request, Deployment deployment, Credential credential, Upstream network) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(request.headers());
        authorise(headers, credential, "api-key");
        return request.withHeaders(headers);
    }

    /** Headers of a call; the key under {@code keyHeader}, as bearer when that is {@code authorization}. */
    Map<String, String> headers(Dispatch dispatch, String keyHeader) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        headers.put("accept", dispatch.stream() ? "text/event-stream" : "application/json");
        headers.put("accept-encoding", "identity");
        authorise(headers, dispatch.credential(), keyHeader);
        return headers;
    }

    private void authorise(Map<String, String> headers, Credential credential, String keyHeader) {
        String key = credential instanceof Credential.ApiKey apiKey ? apiKey.value() : field(credential, CredentialField.API_KEY);
        String token = credential instanceof Credential.BearerToken bearer ? bearer.value() : field(credential, AD_TOKEN);
        if (key != null) {
            headers.put(keyHeader, (keyHeader.equals("authorization") ? "Bearer " : "") + checked(key));
        } else {
            headers.put("authorization", "Bearer " + checked(token));
        }
    }

    /** The message does not show what is wrong with the secret, only that it is. */
    private String checked(String secret) {
        if (secret == null || !KeyHeader.isHeaderText(secret)) {
            throw new GatewayException(ErrorType.NO_TARGET, "Provider " + id() + " needs an API key or a token of Microsoft Entra; "
                    + "the one given is missing or holds characters that none has.");
        }
        return secret;
    }

    static String version(Dispatch dispatch) {
        String version = field(dispatch.credential(), API_VERSION);
        return version != null ? version : dispatch.deployment().settings().getOrDefault(API_VERSION, "");
    }

    /** Whether this is the API without dated versions. */
    static boolean isV1(String version) {
        return V1.contains(version);
    }

    /** Address of an operation of the API without dated versions. */
    static String v1(String stem, String operation, String version) {
        return stem + "/openai/v1/" + operation + (version.equals("preview") ? "?api-version=preview" : "");
    }

    /** The resource's address without what tools add to it. */
    URI base(Dispatch dispatch) {
        URI base = dispatch.deployment().baseUrl() == null ? baseUrl(dispatch.credential()) : dispatch.deployment().baseUrl();
        if (base == null) {
            throw new GatewayException(ErrorType.NO_TARGET, "Provider " + id() + " needs the address of a resource; set "
                    + variables("_BASE_URL").get(0) + " where the gateway runs.");
        }
        return URI.create(base.toString().replaceFirst("(/openai/v1|/openai|/models|/anthropic)?(/v1)?/*$", ""));
    }

    static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
