package org.sluice.gateway.provider.bedrock;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.EventSource;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.retrieval.CohereEmbeddings;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.json.MemberSplice;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.CredentialField;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.KeyHeader;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.UpstreamRequest;

/** Amazon Bedrock: <a href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_Operations_Amazon_Bedrock_Runtime.html">API reference</a>. */
@ApplicationScoped
public class Bedrock implements Provider {
    static final String ACCESS_KEY = "aws_access_key_id";
    static final String SECRET_KEY = "aws_secret_access_key";
    static final String SESSION_TOKEN = "aws_session_token";
    static final String REGION = "aws_region_name";
    private static final String DEFAULT_REGION = "us-east-1";
    private static final Pattern REGION_NAME = Pattern.compile("[a-z0-9-]{3,32}");
    private static final RawJson VERSION = new RawJson("\"bedrock-2023-05-31\"");
    private static final Set<Operation> OPERATIONS = Set.of(Operation.CHAT, Operation.COUNT_TOKENS, Operation.EMBEDDING, Operation.PASSTHROUGH);
    private static final AwsSigner SIGNER = new AwsSigner("bedrock");

    @Inject AnthropicDialect anthropic;
    Clock clock = Clock.systemUTC();

    @Override
    public String id() {
        return "bedrock";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("bedrock_converse", "aws_bedrock");
    }

    @Override
    public Dialect dialect() {
        return new ConverseDialect(null, anthropic);
    }

    @Override
    public Dialect dialectFor(Dialect ingress, String upstreamModel) {
        return ingress.name().equals(AnthropicDialect.NAME) && BedrockModel.of(upstreamModel).isClaude()
                ? anthropic : new ConverseDialect(upstreamModel, anthropic);
    }

    @Override
    public Set<Operation> operations() {
        return OPERATIONS;
    }

    /** The credential's region says where. */
    @Override
    public URI baseUrl() {
        return null;
    }

    @Override
    public URI baseUrl(Credential credential) {
        String region = region(credential);
        return URI.create("https://bedrock-runtime." + region + (region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com"));
    }

    @Override
    public List<CredentialField> credentialFields() {
        return List.of(new CredentialField(ACCESS_KEY, List.of("AWS_ACCESS_KEY_ID"), false),
                new CredentialField(SECRET_KEY, List.of("AWS_SECRET_ACCESS_KEY"), false),
                new CredentialField(SESSION_TOKEN, List.of("AWS_SESSION_TOKEN"), false),
                new CredentialField(REGION, List.of("AWS_REGION_NAME", "AWS_REGION", "AWS_DEFAULT_REGION"), false),
                new CredentialField(CredentialField.API_KEY, List.of("BEDROCK_API_KEY", "AWS_BEARER_TOKEN_BEDROCK"), false));
    }

    /** A Bedrock API key, or an access key with its secret; a key made for Bedrock goes first, as in AWS's own tools. */
    @Override
    public Optional<Credential> credential(Map<String, String> fields) {
        String region = fields.getOrDefault(REGION, DEFAULT_REGION);
        if (fields.containsKey(CredentialField.API_KEY)) {
            return Optional.of(new Credential.Fields(Map.of(CredentialField.API_KEY, fields.get(CredentialField.API_KEY), REGION, region), Set.of(REGION)));
        }
        return fields.containsKey(ACCESS_KEY) && fields.containsKey(SECRET_KEY)
                ? Optional.of(new Credential.AwsKeys(fields.get(ACCESS_KEY), fields.get(SECRET_KEY), fields.get(SESSION_TOKEN), region)) : Optional.empty();
    }

    private static String region(Credential credential) {
        String region = credential instanceof Credential.AwsKeys keys ? keys.region()
                : credential instanceof Credential.Fields fields ? fields.get(REGION) : null;
        String named = region == null || region.isBlank() ? DEFAULT_REGION : region;
        if (!REGION_NAME.matcher(named).matches()) {
            throw new GatewayException(ErrorType.INVALID_VALUE, "The AWS region of the credential is not a region, e.g. us-east-1.");
        }
        return named;
    }

    @Override
    public Optional<Endpoint> endpoint(Operation operation, Deployment deployment) {
        String model = deployment.upstreamModel();
        String path = "/model/" + AwsSigner.encoded(model) + "/invoke";
        return operation != Operation.EMBEDDING ? Optional.empty() : model.contains("titan-embed") ? Optional.of(new TitanEmbeddings(path))
                : model.contains("cohere.embed") ? Optional.of(new CohereEmbeddings(path, false)) : Optional.empty();
    }

    @Override
    public UpstreamRequest prepare(Dispatch dispatch) {
        boolean isInvoke = dispatch.dialect().name().equals(AnthropicDialect.NAME);
        boolean isCount = dispatch.operation() == Operation.COUNT_TOKENS;
        String operation = isCount ? "count-tokens" : isInvoke ? dispatch.stream() ? "invoke-with-response-stream" : "invoke" : dispatch.stream() ? "converse-stream" : "converse";
        Body body = body(dispatch, isInvoke);
        URI base = dispatch.deployment().baseUrl() == null ? baseUrl(dispatch.credential()) : dispatch.deployment().baseUrl();
        String text = base.toString();
        URI uri = URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text)
                + "/model/" + AwsSigner.encoded(isCount ? CountBody.model(dispatch.deployment().upstreamModel()) : dispatch.deployment().upstreamModel()) + "/" + operation);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        headers.put("accept", dispatch.stream() ? "application/vnd.amazon.eventstream" : "application/json");
        Map<String, String> authorised = authorised("POST", uri, headers, body, dispatch.credential());
        authorised.put("accept-encoding", "identity");
        return new UpstreamRequest(uri, authorised, body, dispatch.stream(), dispatch.limits());
    }

    private static Body body(Dispatch dispatch, boolean isInvoke) {
        String betas = dispatch.clientHeaders().get(Betas.HEADER);
        if (!isInvoke) {
            boolean isClaude = BedrockModel.of(dispatch.deployment().upstreamModel()).isClaude();
            return isClaude ? Betas.converse(dispatch.body(), betas, dispatch.losses()) : dispatch.body();
        }
        MemberSplice body = MemberSplice.of(dispatch.body()).cut("model").cut("stream").set("anthropic_version", VERSION);
        Betas.invoke(body, betas, dispatch.losses());
        return dispatch.operation() == Operation.COUNT_TOKENS ? CountBody.of(body) : body.toBody();
    }

    @Override
    public long tokensCounted(byte[] answer) {
        return CountBody.read(answer);
    }

    /** Signed are the content type and the body; a body that is sent while it comes cannot be signed before. */
    @Override
    public UpstreamRequest authorise(UpstreamRequest request, Deployment deployment, Credential credential, Upstream network) {
        if (request.upload() != null) {
            throw new GatewayException(ErrorType.INVALID_VALUE, "Bedrock takes no uploads: a request must be whole to be signed.");
        }
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(request.headers());
        Map<String, String> signed = new LinkedHashMap<>();
        if (all.get("content-type") != null) {
            signed.put("content-type", all.get("content-type"));
        }
        all.putAll(authorised(request.method(), request.uri(), signed, request.body(), credential));
        return request.withHeaders(all);
    }

    private Map<String, String> authorised(String method, URI uri, Map<String, String> headers, Body body, Credential credential) {
        if (credential instanceof Credential.AwsKeys keys) {
            checked(keys.accessKeyId());
            checked(keys.secretAccessKey());
            if (keys.sessionToken() != null) {
                checked(keys.sessionToken());
            }
            Credential.AwsKeys placed = new Credential.AwsKeys(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken(), region(credential));
            return SIGNER.sign(method, uri, headers, body, placed, clock.instant());
        }
        String key = credential instanceof Credential.Fields fields ? fields.get(CredentialField.API_KEY)
                : credential instanceof Credential.ApiKey apiKey ? apiKey.value()
                : credential instanceof Credential.BearerToken token ? token.value() : null;
        headers.put("authorization", "Bearer " + checked(key));
        return headers;
    }

    /** The message does not show what is wrong with the secret, only that it is. */
    private static String checked(String secret) {
        if (secret == null || !KeyHeader.isHeaderText(secret)) {
            throw new GatewayException(ErrorType.NO_TARGET, "Bedrock needs an AWS access key with its secret, or a Bedrock API key; "
                    + "the one given is missing or holds characters that none has.");
        }
        return secret;
    }

    @Override
    public EventSource events(Dialect dialect, InputStream body) {
        return dialect.name().equals(AnthropicDialect.NAME) ? new InvokeEvents(body) : new ConverseEvents(body);
    }

    @Override
    public ProviderError explained(ProviderError error, Map<String, String> headers) {
        boolean isInvoked = error.dialect().equals(AnthropicDialect.NAME);
        ProviderError own = isInvoked ? ConverseError.read(error.status(), error.contentType(), error.body()).withHeaders(error.headers()) : error;
        return ConverseError.typed(own, headers);
    }
}
