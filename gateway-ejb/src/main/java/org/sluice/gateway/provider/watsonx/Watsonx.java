package org.sluice.gateway.provider.watsonx;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.CredentialField;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.KeyHeader;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.provider.UpstreamRequest;

/** IBM watsonx.ai; see the package. */
@ApplicationScoped
public class Watsonx implements Provider {
    static final String PROJECT = "project_id";
    static final String SPACE = "space_id";
    static final String REGION = "region";
    static final String TOKEN = "token";
    static final String IAM_URL = "WATSONX_IAM_URL";
    private static final String VERSION = "?version=2025-04-23";
    private static final String DEPLOYMENT = "deployment/";
    private static final Set<String> OPEN = Set.of(PROJECT, SPACE, REGION);
    private static final Pattern REGION_NAME = Pattern.compile("[a-z]{2}-[a-z0-9-]{2,20}");
    private static final Pattern ON_AWS = Pattern.compile(".*-\\d");
    private static final UpstreamLimits LIMITS = new UpstreamLimits(Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofSeconds(15), Duration.ofSeconds(15));

    @Inject OpenAiDialect openai;
    @Inject GatewayConfig config;
    private IamTokens tokens = new IamTokens(Clock.systemUTC());

    /** For tests. */
    void tellTimeBy(Clock clock) {
        tokens = new IamTokens(clock);
    }

    @Override
    public String id() {
        return "watsonx";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("watsonx_ai", "ibm_watsonx");
    }

    @Override
    public Dialect dialect() {
        return openai;
    }

    @Override
    public Set<Operation> operations() {
        return Set.of(Operation.CHAT, Operation.EMBEDDING, Operation.PASSTHROUGH);
    }

    /** The credential's region says where. */
    @Override
    public URI baseUrl() {
        return null;
    }

    @Override
    public URI baseUrl(Credential credential) {
        String given = field(credential, REGION);
        String region = given == null ? "us-south" : given;
        if (!REGION_NAME.matcher(region).matches()) {
            throw new GatewayException(ErrorType.INVALID_VALUE, "The credential's " + REGION + " is not a region of IBM Cloud, e.g. us-south or eu-de.");
        }
        return URI.create("https://" + region + (ON_AWS.matcher(region).matches() ? ".aws.wxai.ibm.com" : ".ml.cloud.ibm.com"));
    }

    /** The address is called a URL by IBM's own tools. */
    @Override
    public List<String> variables(String ending) {
        List<String> names = new ArrayList<>(Provider.super.variables(ending));
        if (ending.equals("_BASE_URL")) {
            names.add("WATSONX_URL");
        }
        return names;
    }

    @Override
    public List<CredentialField> credentialFields() {
        return List.of(new CredentialField(CredentialField.API_KEY, List.of("WATSONX_API_KEY", "WATSONX_APIKEY"), false),
                new CredentialField(PROJECT, List.of("WATSONX_PROJECT_ID"), false), new CredentialField(SPACE, List.of("WATSONX_SPACE_ID"), false),
                new CredentialField(REGION, List.of("WATSONX_REGION"), false), new CredentialField(TOKEN, List.of("WATSONX_TOKEN"), false));
    }

    @Override
    public Optional<Credential> credential(Map<String, String> fields) {
        return fields.containsKey(CredentialField.API_KEY) || fields.containsKey(TOKEN) ? Optional.of(new Credential.Fields(fields, OPEN)) : Optional.empty();
    }

    @Override
    public List<String> leftOut() {
        return ChatBody.UNKNOWN;
    }

    @Override
    public Body accepted(Dialect spoken, String upstreamModel, Body body, Losses losses) {
        return ChatBody.accepted(body, losses);
    }

    @Override
    public Optional<Endpoint> endpoint(Operation operation, Deployment deployment, Credential credential) {
        if (operation != Operation.EMBEDDING) {
            return Optional.empty();
        }
        Map.Entry<String, String> place = place(credential);
        return Optional.of(new WatsonxEmbeddings("/ml/v1/text/embeddings" + VERSION, place.getKey(), place.getValue()));
    }

    @Override
    public UpstreamRequest prepare(Dispatch dispatch) {
        String model = dispatch.deployment().upstreamModel();
        boolean isDeployment = model.startsWith(DEPLOYMENT);
        URI base = dispatch.deployment().baseUrl() == null ? baseUrl(dispatch.credential()) : dispatch.deployment().baseUrl();
        String stem = base.toString().replaceFirst("(/ml(/v1)?)?/*$", "");
        String where = isDeployment ? "/ml/v1/deployments/" + URLEncoder.encode(model.substring(DEPLOYMENT.length()), StandardCharsets.UTF_8) + "/text/chat" : "/ml/v1/text/chat";
        Body body = ChatBody.placed(dispatch.body(), isDeployment ? null : model, isDeployment ? null : place(dispatch.credential()));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        headers.put("accept", dispatch.stream() ? "text/event-stream" : "application/json");
        headers.put("accept-encoding", "identity");
        headers.put("authorization", "Bearer " + token(dispatch.credential(), dispatch.network(), dispatch.limits()));
        return new UpstreamRequest(URI.create(stem + where + (dispatch.stream() ? "_stream" : "") + VERSION), headers, body, dispatch.stream(), dispatch.limits());
    }

    @Override
    public UpstreamRequest authorise(UpstreamRequest request, Deployment deployment, Credential credential, Upstream network) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(request.headers());
        headers.put("authorization", "Bearer " + token(credential, network, request.limits() == null ? LIMITS : request.limits()));
        return request.withHeaders(headers);
    }

    private String token(Credential credential, Upstream network, UpstreamLimits limits) {
        String ready = credential instanceof Credential.BearerToken bearer ? bearer.value() : field(credential, TOKEN);
        String key = KeyHeader.keyOf(credential);
        if (ready == null && key != null) {
            return tokens.token(key, config.variable(IAM_URL).map(URI::create).orElse(IamTokens.ISSUER), network, limits);
        }
        if (ready == null || !KeyHeader.isHeaderText(ready)) {
            throw new GatewayException(ErrorType.NO_TARGET, "watsonx.ai needs an API key of IBM Cloud, or an access token; the one given is missing or holds characters that none has.");
        }
        return ready;
    }

    /** The project or the space that pays. */
    private static Map.Entry<String, String> place(Credential credential) {
        String project = field(credential, PROJECT);
        String space = field(credential, SPACE);
        if (project == null && space == null) {
            throw new GatewayException(ErrorType.NO_TARGET, "watsonx.ai needs a project or a space; set WATSONX_PROJECT_ID or WATSONX_SPACE_ID where the gateway runs.");
        }
        return project != null ? Map.entry(PROJECT, project) : Map.entry(SPACE, space);
    }

    private static String field(Credential credential, String name) {
        return credential instanceof Credential.Fields fields ? fields.get(name) : null;
    }
}
