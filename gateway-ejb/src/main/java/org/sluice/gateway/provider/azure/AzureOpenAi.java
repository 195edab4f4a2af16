package org.sluice.gateway.provider.azure;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.UpstreamRequest;

/**
 * Deployments of Azure OpenAI; the name of the model is the name of the deployment. With a dated API version by {@code
 * /openai/deployments/<name>}, without one, or with {@code v1} or {@code preview}, by {@code /openai/v1}.
 */
@ApplicationScoped
public class AzureOpenAi extends AzureResource {
    /** Of the API without dated versions, which names the deployment in the body. */
    private static final Map<Operation, String> ENDPOINTS = Map.of(Operation.EMBEDDING, "/openai/v1/embeddings", Operation.IMAGE, "/openai/v1/images/generations",
            Operation.IMAGE_EDIT, "/openai/v1/images/edits", Operation.SPEECH, "/openai/v1/audio/speech",
            Operation.TRANSCRIPTION, "/openai/v1/audio/transcriptions", Operation.TRANSLATION, "/openai/v1/audio/translations", Operation.FILE, "/openai/v1/files", Operation.BATCH, "/openai/v1/batches");
    /** Of the API with dated versions, which names the deployment in the path. */
    private static final Map<Operation, String> DEPLOYED = Map.of(Operation.EMBEDDING, "/embeddings",
            Operation.IMAGE, "/images/generations", Operation.IMAGE_EDIT, "/images/edits", Operation.SPEECH, "/audio/speech",
            Operation.TRANSCRIPTION, "/audio/transcriptions", Operation.TRANSLATION, "/audio/translations");
    @Inject OpenAiDialect openai;

    @Override
    public String id() {
        return "azure_openai";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("azure");
    }

    @Override
    public Dialect dialect() {
        return openai;
    }

    @Override
    public Dialect dialectFor(Dialect ingress, String upstreamModel) {
        return ingress.name().equals(RESPONSES) ? ingress : openai;
    }

    @Override
    public Set<Operation> operations() {
        Set<Operation> operations = EnumSet.copyOf(ENDPOINTS.keySet());
        operations.addAll(DEPLOYED.keySet());
        operations.addAll(Set.of(Operation.CHAT, Operation.PASSTHROUGH));
        return operations;
    }

    @Override
    public Optional<Endpoint> endpoint(Operation operation, Deployment deployment) {
        return Optional.ofNullable(ENDPOINTS.get(operation)).map(Endpoint.Same::new);
    }

    /** With a dated version by the deployment's own path, as for chat; files and batches have none. */
    @Override
    public Optional<Endpoint> endpoint(Operation operation, Deployment deployment, Credential credential) {
        String own = field(credential, API_VERSION);
        String version = own != null ? own : deployment.settings().getOrDefault(API_VERSION, "");
        String path = DEPLOYED.get(operation);
        if (isV1(version)) {
            return endpoint(operation, deployment);
        }
        return Optional.ofNullable(path != null ? "/openai/deployments/" + encoded(deployment.upstreamModel()) + path + "?api-version=" + encoded(version)
                : ENDPOINTS.get(operation)).map(Endpoint.Same::new);
    }

    @Override
    public UpstreamRequest prepare(Dispatch dispatch) {
        String version = version(dispatch);
        String stem = base(dispatch).toString();
        String address = dispatch.dialect().name().equals(RESPONSES) ? v1(stem, "responses", version)
                : isV1(version) ? v1(stem, "chat/completions", version)
                : stem + "/openai/deployments/" + encoded(dispatch.deployment().upstreamModel()) + "/chat/completions?api-version=" + encoded(version);
        return new UpstreamRequest(URI.create(address), headers(dispatch, "api-key"), dispatch.body(), dispatch.stream(), dispatch.limits());
    }

    @Override
    public boolean keepsAnswers() {
        return true;
    }
}
