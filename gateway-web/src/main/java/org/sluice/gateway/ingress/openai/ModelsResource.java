package org.sluice.gateway.ingress.openai;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.sluice.gateway.credential.CredentialResolver;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.route.Providers;

/**
 * The models. An OpenAI client gets OpenAI's list; {@code sort_by} or {@code all=true} ask for the management list, a bare
 * array. {@code public} is the catalogue and needs no key.
 */
@Path("/api/models")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class ModelsResource {
    @Inject ModelCatalog catalog;
    @Inject CredentialResolver credentials;
    @Inject Providers providers;
    private volatile Listed listed;

    private record Listed(long version, ModelListing listing) { }

    @PostConstruct
    void list() {
        listing();
    }

    /** Written again when the catalogue has changed. */
    private ModelListing listing() {
        long version = catalog.version();
        Listed known = listed;
        if (known == null || known.version != version) {
            known = new Listed(version, new ModelListing(catalog, providers.all(), credentials::isUsable));
            listed = known;
        }
        return known.listing;
    }

    @GET
    public byte[] list(@QueryParam("sort_by") String sortBy, @QueryParam("all") boolean all) {
        return sortBy != null || all ? listing().managementList() : listing().openAiList();
    }

    @GET
    @Path("public")
    public byte[] publicCatalogue(@QueryParam("unnest") boolean unnest) {
        return listing().publicCatalogue(unnest);
    }

    /** A page of the models that can be called; the body may say {@code search}, {@code provider_id}, {@code page}, {@code page_size}. */
    @POST
    @Path("list")
    @Consumes(MediaType.WILDCARD)
    public byte[] listFiltered(byte[] body) {
        return ModelListParameters.read(body).write(listing());
    }

    /** How many there are. */
    @POST
    @Path("summary")
    @Consumes(MediaType.WILDCARD)
    public byte[] summary(byte[] body) {
        return new JsonWriter().beginObject().name("count").value(listing().count(ModelListParameters.read(body).wanted())).endObject().toBytes();
    }

    /** One model; its name may hold slashes. */
    @GET
    @Path("{id: .+}")
    public byte[] one(@PathParam("id") String id) {
        return listing().openAiModel(id.endsWith("/") ? id.substring(0, id.length() - 1) : id);
    }
}
