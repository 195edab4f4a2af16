package org.sluice.gateway.bench.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sluice.gateway.balance.Balancer;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.call.GatewayOptions;
import org.sluice.gateway.call.RequestCredentials;
import org.sluice.gateway.call.Routing;
import org.sluice.gateway.call.Routing.Group;
import org.sluice.gateway.call.Routing.Retry;
import org.sluice.gateway.call.Routing.WeightedModel;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.credential.CredentialResolver;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.health.Admission;
import org.sluice.gateway.health.DeploymentHealth;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.model.OwnModel;
import org.sluice.gateway.model.OwnModels;
import org.sluice.gateway.organization.Organizations;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.compatible.Groq;
import org.sluice.gateway.provider.compatible.OpenAi;
import org.sluice.gateway.provider.compatible.XAi;
import org.sluice.gateway.route.ModelNames;
import org.sluice.gateway.route.Providers;
import org.sluice.gateway.route.RoutePlan;
import org.sluice.gateway.route.RoutePlanner;

/** What routing costs a call that is answered at the first attempt: the plan, the admission and its outcome; with fallbacks and with a group of three. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RouteAndAdmit {
    private static final OwnModels NONE = new OwnModels() {
        @Override public Optional<OwnModel> find(String organization, String name) { return Optional.empty(); }
        @Override public Optional<OwnModel> find(String organization, String providerId, String upstreamModel) { return Optional.empty(); }
        @Override public List<OwnModel> of(String organization) { return List.of(); }
        @Override public long version() { return 0; }
    };
    private final OpenAiDialect dialect = new OpenAiDialect();
    private final DeploymentHealth health = new DeploymentHealth();
    private RoutePlanner planner;
    private Call plain;
    private Call withFallbacks;
    private Call ofGroup;

    @Setup
    public void make() {
        List<Provider> all = List.of(
                new OpenAi() { @Override public Dialect dialect() { return dialect; } },
                new Groq() { @Override public Dialect dialect() { return dialect; } },
                new XAi() { @Override public Dialect dialect() { return dialect; } });
        GatewayConfig config = GatewayConfig.of(Map.of("OPENAI_API_KEY", "sk-x", "GROQ_API_KEY", "sk-x", "XAI_API_KEY", "sk-x"));
        Providers providers = Providers.of(all);
        ModelCatalog models = ModelCatalog.of(Optional.empty());
        CredentialResolver credentials = CredentialResolver.of(config, all);
        planner = RoutePlanner.of(providers, ModelNames.of(providers, models, NONE, credentials), models, credentials, config, Balancer.of(health), new Organizations());
        plain = call("gpt-4o-mini", Routing.NONE);
        List<String> fallbacks = List.of("groq/llama-3.3-70b-versatile", "xai/grok-3");
        withFallbacks = call("gpt-4o-mini", new Routing(fallbacks, false, new Retry(true, 3, Duration.ofSeconds(1)), List.of(), null, List.of(), Set.of(), Set.of(), null));
        List<WeightedModel> three = List.of(new WeightedModel("gpt-4o-mini", 2, Map.of()), new WeightedModel("groq/llama-3.3-70b-versatile", 1, Map.of()),
                new WeightedModel("xai/grok-3", 1, Map.of()));
        ofGroup = call("", new Routing(List.of(), false, null, List.of(), new Group("g", three), List.of(), Set.of(), Set.of(), null));
    }

    private Call call(String model, Routing routing) {
        byte[] body = ("{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}").getBytes(UTF_8);
        GatewayOptions options = new GatewayOptions(GatewayOptions.Observability.NONE, null, Map.of(), null, false, Map.of(), null, null, Set.of(), routing, RequestCredentials.NONE, null);
        RequestOutline read = dialect.readOutline(body);
        return new Call(UUID.randomUUID(), Instant.now(), System.nanoTime(), new Caller(1, "p", null, "o", "prod"), dialect, "/api/chat/completions",
                new RequestOutline(body, model, false, false, read.members()), Set.of(), options, Operation.CHAT);
    }

    private RoutePlan routed(Call call) {
        RoutePlan plan = planner.plan(call);
        Admission admission = health.admit(plan.first().key());
        admission.answered(1_000_000);
        admission.succeeded(10, 10);
        return plan;
    }

    @Benchmark
    public RoutePlan oneModel() {
        return routed(plain);
    }

    @Benchmark
    public RoutePlan twoFallbacks() {
        return routed(withFallbacks);
    }

    @Benchmark
    public RoutePlan groupOfThree() {
        return routed(ofGroup);
    }
}
