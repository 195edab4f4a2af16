package org.sluice.gateway.ingress.anthropic;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.sluice.gateway.credential.CredentialResolver;
import org.sluice.gateway.ingress.CallableModels;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.provider.Provider;

/** The models as Anthropic's clients list them: all that can be called, whoever makes them. */
@Path("/api/anthropic/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class MessageModelsResource {
    @Inject ModelCatalog catalog;
    @Inject CredentialResolver credentials;
    @Inject @Any Instance<Provider> providers;

    private List<CallableModels.Item> models() {
        return CallableModels.of(catalog, providers.stream().toList(), credentials::isUsable);
    }

    @GET
    public byte[] list(@QueryParam("limit") Integer limit, @QueryParam("after_id") String after, @QueryParam("before_id") String before) {
        return ModelPage.list(models(), limit, after, before);
    }

    /** One model; its name may hold slashes. */
    @GET
    @Path("{id: .+}")
    public byte[] one(@PathParam("id") String id) {
        return ModelPage.one(models(), id.endsWith("/") ? id.substring(0, id.length() - 1) : id);
    }
}
