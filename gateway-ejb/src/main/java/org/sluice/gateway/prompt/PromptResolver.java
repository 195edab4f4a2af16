package org.sluice.gateway.prompt;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.GatewayOptions;
import org.sluice.gateway.call.GatewayOptions.Observability;
import org.sluice.gateway.call.PromptReference;
import org.sluice.gateway.call.ResolvedPrompt;
import org.sluice.gateway.call.Routing;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.provider.Operation;

/** Turns a call that names a prompt into one that says everything itself. */
@ApplicationScoped
public class PromptResolver {
    @Inject PromptLibrary library;
    @Inject OpenAiDialect openAi;

    /** For tests. */
    static PromptResolver of(PromptLibrary library) {
        PromptResolver resolver = new PromptResolver();
        resolver.library = library;
        resolver.openAi = new OpenAiDialect();
        return resolver;
    }

    /**
     * The call itself when it names no prompt.
     *
     * @throws org.sluice.gateway.error.GatewayException NOT_FOUND for a prompt or version that this organization does not have, INVALID_VALUE for one
     *     that cannot be used so, PROMPT_RENDER_FAILED
     */
    public Call resolve(Call call) {
        PromptReference reference = call.options().prompt();
        if (reference == null || call.operation() != Operation.CHAT && call.operation() != Operation.COUNT_TOKENS) {
            return call;
        }
        if (reference.isCustom()) {
            return call.with(call.outline(), told(call.options(), PromptTold.custom(reference)), null);
        }
        PromptEntry entry = library.find(call.caller().organization(), reference.id());
        CompiledVersion version = library.version(entry, reference.version(), call.caller());
        PromptRenderer renderer = new PromptRenderer(library, call.caller(), reference.isStrict());
        byte[] messages = renderer.messages(entry, version, reference.variables());
        BodyMerge.Merged merged = new BodyMerge(call, version, reference, new PromptWriter(openAi, call)).with(Slice.of(messages));
        call.losses().settle();
        GatewayOptions options = told(call.options(), PromptTold.of(entry, version, reference, renderer.composed()));
        return call.with(merged.outline(), options.with(routing(options.routing(), version, merged.isModelOfPrompt()), options.observability()),
                new ResolvedPrompt(entry.id(), entry.name(), version.version(), new RawJson(merged.messages().text()), reference.isEchoed()));
    }

    private static GatewayOptions told(GatewayOptions options, Map<String, RawJson> told) {
        Observability before = options.observability();
        Map<String, RawJson> fields = new LinkedHashMap<>(before.fields());
        fields.putAll(told);
        return options.with(options.routing(), before.with(fields));
    }

    /** The request's lists go before the version's. Weights choose the model, so that they step back behind a model the request names. */
    private static Routing routing(Routing asked, CompiledVersion version, boolean isModelOfPrompt) {
        boolean isBalanced = asked.balanced().isEmpty() && asked.group() == null && isModelOfPrompt && !version.balanced().isEmpty();
        boolean hasFallbacks = asked.fallbackModels().isEmpty() && !version.fallbacks().isEmpty();
        return !isBalanced && !hasFallbacks ? asked : asked.with(hasFallbacks ? version.fallbacks() : asked.fallbackModels(),
                isBalanced ? version.balanced() : asked.balanced());
    }
}
