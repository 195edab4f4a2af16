-- What an organization stores that steers its calls. Ids are made by the gateway before a row is written, for a sealed value
-- is bound to its row. Sealed values (see the package vault) are text: v1:<key id>:<base64>.

create table provider_key (
    id                  varchar(36)      not null primary key,
    organization        varchar(64)      not null references organization (id),
    provider            varchar(64)      not null,
    name                varchar(255)     not null,
    credentials         varchar(65536)   not null,
    weight              double precision default 1 not null check (weight > 0),
    available_models    varchar,
    exclude_models      varchar,
    requests_per_minute bigint,
    tokens_per_minute   bigint,
    is_enabled          boolean          default true not null,
    created_at          timestamp(6) with time zone default current_timestamp not null,
    updated_at          timestamp(6) with time zone default current_timestamp not null
);

create index provider_key_organization on provider_key (organization, provider);

create table custom_provider (
    id            varchar(36)    not null primary key,
    organization  varchar(64)    not null references organization (id),
    provider_id   varchar(64)    not null,
    provider_name varchar(255)   not null,
    api_key       varchar(65536),
    base_url      varchar(1024)  not null,
    timeout       double precision,
    temperature   double precision,
    max_tokens    bigint,
    created_at    timestamp(6) with time zone default current_timestamp not null,
    updated_at    timestamp(6) with time zone default current_timestamp not null,
    constraint custom_provider_once unique (organization, provider_id)
);

create table custom_model (
    id                        varchar(36)  not null primary key,
    organization              varchar(64)  not null references organization (id),
    model_name                varchar(255) not null,
    base_model_name           varchar(255),
    display_name              varchar(255),
    provider                  varchar(64)  not null,
    upstream_model            varchar(255) not null,
    is_called_by_custom_name  boolean      not null,
    input_cost                numeric(24, 12),
    output_cost               numeric(24, 12),
    cache_hit_input_cost      numeric(24, 12),
    cache_creation_input_cost numeric(24, 12),
    max_context_window        bigint,
    streaming_support         boolean,
    function_call             boolean,
    image_support             boolean,
    supported_params_override varchar,
    created_at                timestamp(6) with time zone default current_timestamp not null,
    updated_at                timestamp(6) with time zone default current_timestamp not null,
    constraint custom_model_once unique (organization, model_name)
);

-- A subject's settings as one JSON object, e.g. 'routing'.
create table organization_setting (
    organization varchar(64) not null references organization (id),
    subject      varchar(32) not null,
    setting      varchar     not null,
    updated_at   timestamp(6) with time zone default current_timestamp not null,
    primary key (organization, subject)
);

-- models: [{"model": ..., "weight": ...}]; credentials: sealed, one entry a model, null where the model brings none.
create table load_balance_group (
    id           varchar(36)  not null primary key,
    organization varchar(64)  not null references organization (id),
    group_id     varchar(64)  not null,
    name         varchar(255) not null,
    models       varchar      not null,
    credentials  varchar(262144),
    created_at   timestamp(6) with time zone default current_timestamp not null,
    updated_at   timestamp(6) with time zone default current_timestamp not null,
    constraint load_balance_group_once unique (organization, group_id)
);

-- Counts the changes of an area, so that every node sees that it has to read it again.
create table stored_change (
    area    varchar(32) not null primary key,
    version bigint      not null
);

insert into stored_change (area, version) values ('organization', 0);
insert into stored_change (area, version) values ('integration', 0);
