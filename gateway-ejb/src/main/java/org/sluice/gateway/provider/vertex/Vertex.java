package org.sluice.gateway.provider.vertex;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.gemini.GeminiDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.json.MemberSplice;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.CredentialField;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.provider.UpstreamRequest;

/** Google Vertex AI: <a href="https://cloud.google.com/vertex-ai/generative-ai/docs/reference/rest">API reference</a>. */
@ApplicationScoped
public class Vertex implements Provider {
    static final String CREDENTIALS = "vertex_ai_credentials";
    static final String PROJECT = "vertex_ai_project";
    static final String LOCATION = "vertex_ai_location";
    static final String TOKEN = "vertex_ai_access_token";
    static final String QUOTA_PROJECT = "quota_project_id";
    /** The operator's word that the token of the machine's own service account is used, from its metadata server. */
    static final String USES_MACHINE = "GOOGLE_VERTEX_AI_METADATA";
    private static final String METADATA_HOST = "GCE_METADATA_HOST";
    private static final String MACHINE = "machine";
    static final String TOKEN_URL = "GOOGLE_VERTEX_AI_TOKEN_URL";
    private static final String OPENAI = "openai";
    private static final String GLOBAL = "global";
    private static final Set<String> OPEN = Set.of(PROJECT, LOCATION, QUOTA_PROJECT);
    private static final List<String> SECRETS = List.of("private_key", "client_secret", "refresh_token");
    private static final Pattern LOCATION_NAME = Pattern.compile("[a-z0-9-]{2,40}");
    private static final Pattern PROJECT_NAME = Pattern.compile("[a-z0-9][a-z0-9.:-]{1,100}");
    private static final RawJson VERSION = new RawJson("\"vertex-2023-10-16\"");
    private static final Set<Operation> OPERATIONS = Set.of(Operation.CHAT, Operation.COUNT_TOKENS, Operation.EMBEDDING, Operation.PASSTHROUGH);
    /** Members of a request to Gemini that a request to count it does not have. */
    private static final List<String> UNCOUNTED = List.of("model", "toolConfig", "tool_config", "safetySettings", "safety_settings", "cachedContent",
            "cached_content", "labels");
    private static final UpstreamLimits LIMITS = new UpstreamLimits(Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofSeconds(15), Duration.ofSeconds(15));

    @Inject OpenAiDialect openai;
    @Inject AnthropicDialect anthropic;
    @Inject GatewayConfig config;
    @Inject GeminiDialect gemini;
    private final String machine = UUID.randomUUID().toString();
    private AccessTokens tokens = new AccessTokens(Clock.systemUTC());

    /** For tests. */
    void tellTimeBy(Clock clock) {
        tokens = new AccessTokens(clock);
    }

    @Override
    public String id() {
        return "google_vertex_ai";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("vertex_ai", "vertex_ai_beta", "vertexai");
    }

    @Override
    public Dialect dialect() {
        return openai;
    }

    @Override
    public Dialect dialectFor(Dialect ingress, String upstreamModel) {
        VertexModel model = VertexModel.of(upstreamModel);
        return model.isClaude() ? anthropic : model.isGemini() ? gemini : openai;
    }

    /** The credential's location says where. */
    @Override
    public URI baseUrl() {
        return null;
    }

    @Override
    public URI baseUrl(Credential credential) {
        String location = location(credential);
        return URI.create("https://" + (location.equals(GLOBAL) ? "aiplatform" : location.equals("us") || location.equals("eu")
                ? "aiplatform." + location + ".rep" : location + "-aiplatform") + ".googleapis.com");
    }

    @Override
    public List<CredentialField> credentialFields() {
        return List.of(new CredentialField(CREDENTIALS, List.of("VERTEX_AI_CREDENTIALS", "GOOGLE_VERTEX_AI_CREDENTIALS", "VERTEXAI_CREDENTIALS"), false,
                        List.of("GOOGLE_APPLICATION_CREDENTIALS")),
                new CredentialField(PROJECT, List.of("VERTEX_AI_PROJECT", "GOOGLE_VERTEX_AI_PROJECT", "VERTEXAI_PROJECT", "GOOGLE_CLOUD_PROJECT"), false),
                new CredentialField(LOCATION, List.of("VERTEX_AI_LOCATION", "GOOGLE_VERTEX_AI_LOCATION", "VERTEXAI_LOCATION", "GOOGLE_CLOUD_LOCATION"), false),
                new CredentialField(TOKEN, List.of("VERTEX_AI_ACCESS_TOKEN", "GOOGLE_VERTEX_AI_ACCESS_TOKEN"), false));
    }

    /** The secrets inside the JSON stand beside it, so that they are known as such. */
    @Override
    public Optional<Credential> credential(Map<String, String> fields) {
        if (!fields.containsKey(CREDENTIALS) && !fields.containsKey(TOKEN)) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>(fields);
        try {
            GoogleCredential json = GoogleCredential.read(fields.getOrDefault(CREDENTIALS, "{}"));
            SECRETS.forEach(name -> put(values, name, json.text(name)));
            put(values, QUOTA_PROJECT, json.text(QUOTA_PROJECT));
            put(values, PROJECT, json.text("project_id"));
            put(values, PROJECT, json.text(QUOTA_PROJECT));
        } catch (GatewayException toldWhenItIsUsed) {
            // the call says it: another credential may be in use
        }
        return Optional.of(new Credential.Fields(values, OPEN));
    }

    /** Marked by what only this process knows, because a caller's fields come the same way as the operator's. */
    @Override
    public Optional<Credential> machineCredential(Map<String, String> fields) {
        if (config.variable(USES_MACHINE).filter("true"::equalsIgnoreCase).isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>(fields);
        values.put(MACHINE, machine);
        return Optional.of(new Credential.Fields(values, OPEN));
    }

    private static void put(Map<String, String> values, String name, String value) {
        if (value != null && !value.isBlank()) {
            values.putIfAbsent(name, value);
        }
    }

    private static String location(Credential credential) {
        String location = credential instanceof Credential.Fields fields ? fields.get(LOCATION) : null;
        String named = location == null || location.isBlank() ? GLOBAL : location;
        if (!LOCATION_NAME.matcher(named).matches()) {
            throw new GatewayException(ErrorType.INVALID_VALUE, "The credential's " + LOCATION + " is not a location, e.g. global or europe-west4.");
        }
        return named;
    }

    private static String project(Credential.Fields fields) {
        String project = fields.get(PROJECT);
        if (project == null || !PROJECT_NAME.matcher(project).matches()) {
            throw new GatewayException(ErrorType.NO_TARGET, "Vertex AI needs a Google Cloud project; set VERTEX_AI_PROJECT where the gateway runs.");
        }
        return project;
    }

    @Override
    public Set<Operation> operations() {
        return OPERATIONS;
    }

    @Override
    public UpstreamRequest authorise(UpstreamRequest request, Deployment deployment, Credential credential, Upstream network) {
        if (!(credential instanceof Credential.Fields fields)) {
            throw unknownCredential();
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(request.headers());
        headers.put("authorization", "Bearer " + token(fields, network, request.limits() == null ? LIMITS : request.limits()));
        return request.withHeaders(headers);
    }

    @Override
    public Optional<Endpoint> endpoint(Operation operation, Deployment deployment, Credential credential) {
        if (operation != Operation.EMBEDDING || !(credential instanceof Credential.Fields fields)) {
            return Optional.empty();
        }
        String name = VertexModel.of(deployment.upstreamModel()).name();
        return Optional.of(new VertexEmbeddings("/v1/projects/" + project(fields) + "/locations/" + location(fields) + "/publishers/google/models/"
                + encoded(name) + ":predict", name));
    }

    private URI metadataServer() {
        return URI.create("http://" + config.variable(METADATA_HOST).orElse("metadata.google.internal")
                + "/computeMetadata/v1/instance/service-accounts/default/token");
    }

    private static GatewayException unknownCredential() {
        return new GatewayException(ErrorType.NO_TARGET, "Vertex AI needs the JSON of a Google credential, or an access token.");
    }

    @Override
    public UpstreamRequest prepare(Dispatch dispatch) {
        if (!(dispatch.credential() instanceof Credential.Fields fields)) {
            throw unknownCredential();
        }
        VertexModel model = VertexModel.of(dispatch.deployment().upstreamModel());
        URI base = dispatch.deployment().baseUrl() == null ? baseUrl(fields) : dispatch.deployment().baseUrl();
        String place = "/projects/" + project(fields) + "/locations/" + location(fields);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        headers.put("accept", dispatch.stream() ? "text/event-stream" : "application/json");
        headers.put("accept-encoding", "identity");
        headers.put("authorization", "Bearer " + token(fields, dispatch.network(), dispatch.limits()));
        if (fields.get(QUOTA_PROJECT) != null && PROJECT_NAME.matcher(fields.get(QUOTA_PROJECT)).matches()) {
            headers.put("x-goog-user-project", fields.get(QUOTA_PROJECT));
        }
        return new UpstreamRequest(URI.create(stem(base) + path(model, dispatch, place)), headers, body(model, dispatch), dispatch.stream(), dispatch.limits());
    }

    private String token(Credential.Fields fields, Upstream network, UpstreamLimits limits) {
        if (machine.equals(fields.get(MACHINE))) {
            return tokens.machineToken(metadataServer(), network, limits);
        }
        String ready = fields.get(TOKEN);
        if (ready != null) {
            if (!ready.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
                throw new GatewayException(ErrorType.NO_TARGET, "The Google access token holds characters that none has.");
            }
            return ready;
        }
        return tokens.token(fields.get(CREDENTIALS), config.variable(TOKEN_URL).map(URI::create).orElse(null), network, limits);
    }

    /** A base URL may end with the version, as other tools write it. */
    private static String stem(URI base) {
        return base.toString().replaceFirst("(/v1|/v1beta1)?/*$", "");
    }

    private static String path(VertexModel model, Dispatch dispatch, String place) {
        boolean isClaude = dispatch.dialect().name().equals(AnthropicDialect.NAME);
        boolean isCount = dispatch.operation() == Operation.COUNT_TOKENS;
        if (isClaude && isCount) {
            return "/v1" + place + "/publishers/" + VertexModel.ANTHROPIC + "/models/count-tokens:rawPredict";
        }
        if (isClaude || model.isMistral() && dispatch.dialect().name().equals(OPENAI)) {
            return "/v1" + place + "/publishers/" + (isClaude ? VertexModel.ANTHROPIC : VertexModel.MISTRAL) + "/models/" + encoded(model.name())
                    + (dispatch.stream() ? ":streamRawPredict" : ":rawPredict");
        }
        if (dispatch.dialect().name().equals(GeminiDialect.NAME)) {
            return "/v1beta1" + place + (model.publisher().equals(VertexModel.TUNED) ? "/endpoints/" : "/publishers/google/models/") + encoded(model.name())
                    + (isCount ? ":countTokens" : dispatch.stream() ? ":streamGenerateContent?alt=sse" : ":generateContent");
        }
        return "/v1" + place + "/endpoints/openapi/chat/completions";
    }

    private static Body body(VertexModel model, Dispatch dispatch) {
        if (dispatch.dialect().name().equals(AnthropicDialect.NAME)) {
            MemberSplice body = MemberSplice.of(dispatch.body()).set("anthropic_version", VERSION);
            boolean isCount = dispatch.operation() == Operation.COUNT_TOKENS; // whose address names no model
            return (isCount ? body.set("model", new RawJson(new JsonWriter().value(model.name()).toText())) : body.cut("model")).toBody();
        }
        if (dispatch.operation() == Operation.COUNT_TOKENS) {
            MemberSplice body = MemberSplice.of(dispatch.body());
            UNCOUNTED.forEach(body::cut);
            return body.toBody();
        }
        String wanted = model.isMistral() ? model.name() : model.qualified();
        boolean isNamed = dispatch.dialect().name().equals(OPENAI) && !wanted.equals(dispatch.deployment().upstreamModel());
        return isNamed ? MemberSplice.of(dispatch.body()).set("model", new RawJson(new JsonWriter().value(wanted).toText())).toBody() : dispatch.body();
    }

    /** The name as one step of a path; {@code @} may stand there. */
    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder(name.length());
        for (byte b : name.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean isPlain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~@".indexOf(c) >= 0;
            encoded.append(isPlain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return encoded.toString();
    }
}
