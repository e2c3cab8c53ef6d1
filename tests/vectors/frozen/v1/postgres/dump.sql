--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SELECT pg_catalog.set_config('search_path', '', false);

--
-- Name: refuse_change(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;


--
-- Name: refuse_event_deletion(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.refuse_event_deletion() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if not exists (select 1 from erasure where log = old.log and idx = old.idx) then
        raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
    end if;
    return old;
end $$;


--
-- Name: refuse_event_update(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.refuse_event_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if not exists (select 1 from erasure where log = old.log and idx = old.idx)
        or length(new.body) > 0
        or (new.log, new.idx, new.event_id, new.subject, new.seq, new.body_mac)
            is distinct from (old.log, old.idx, old.event_id, old.subject, old.seq, old.body_mac)
    then
        raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
    end if;
    return new;
end $$;


--
-- Name: refuse_head_back(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.refuse_head_back() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if new.size < old.size or new.epoch < old.epoch or new.config_version < old.config_version or new.origin <> old.origin then
        raise exception 'log_head never goes back' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;


--
-- Name: refuse_key_change(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.refuse_key_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    raise exception 'the key of a subject is never replaced' using errcode = 'restrict_violation';
end $$;


--
-- Name: refuse_takedown_change(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.refuse_takedown_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if (new.log, new.id, new.asset, new.surface, new.ref, new.cause, new.reason, new.idx, new.opened_at, new.due_at)
        is distinct from
        (old.log, old.id, old.asset, old.surface, old.ref, old.cause, old.reason, old.idx, old.opened_at, old.due_at)
        or (new.subject is distinct from old.subject and new.subject is not null)
        or ((new.done_at, new.done_by, new.evidence) is distinct from (old.done_at, old.done_by, old.evidence)
            and (old.done_at is not null or new.done_at is null or new.done_by is null or new.evidence is null))
    then
        raise exception 'a takedown is done once and never changed' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;




--
-- Name: _sqlx_migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public._sqlx_migrations (
    version bigint NOT NULL,
    description text NOT NULL,
    installed_on timestamp with time zone DEFAULT now() NOT NULL,
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);


--
-- Name: api_key; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.api_key (
    key_hash bytea NOT NULL,
    tenant text NOT NULL,
    key_id text NOT NULL,
    role text NOT NULL,
    site text,
    label text NOT NULL,
    created_at bigint NOT NULL,
    revoked_at bigint
);


--
-- Name: asset; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.asset (
    log text NOT NULL,
    asset text NOT NULL,
    sha256 text NOT NULL,
    campaign text NOT NULL,
    purpose text NOT NULL,
    medium text
);


--
-- Name: asset_place; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.asset_place (
    log text NOT NULL,
    asset text NOT NULL,
    surface text NOT NULL,
    ref text NOT NULL
);


--
-- Name: asset_subject; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.asset_subject (
    log text NOT NULL,
    asset text NOT NULL,
    subject text NOT NULL
);


--
-- Name: checkpoint; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.checkpoint (
    log text NOT NULL,
    size bigint NOT NULL,
    note text NOT NULL,
    at bigint NOT NULL
);


--
-- Name: decision_count; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.decision_count (
    log text NOT NULL,
    hour bigint NOT NULL,
    purpose text NOT NULL,
    decision text NOT NULL,
    count bigint NOT NULL
);


--
-- Name: erased; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.erased (
    log text NOT NULL,
    mark bytea NOT NULL,
    idx bigint NOT NULL
);


--
-- Name: erasure; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.erasure (
    log text NOT NULL,
    idx bigint NOT NULL
);


--
-- Name: event; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.event (
    log text NOT NULL,
    idx bigint NOT NULL,
    event_id text NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    body_mac bytea NOT NULL,
    body bytea NOT NULL
);


--
-- Name: guardian_of; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.guardian_of (
    log text NOT NULL,
    guardian text NOT NULL,
    subject text NOT NULL
);


--
-- Name: leaf; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.leaf (
    log text NOT NULL,
    idx bigint NOT NULL,
    leaf_hash bytea NOT NULL,
    leaf bytea NOT NULL
);


--
-- Name: link; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.link (
    token bytea NOT NULL,
    log text NOT NULL,
    link text NOT NULL,
    body text NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    revoked_at bigint
);


--
-- Name: log_head; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.log_head (
    log text NOT NULL,
    origin text NOT NULL,
    size bigint NOT NULL,
    root bytea NOT NULL,
    frontier bytea NOT NULL,
    epoch bigint NOT NULL,
    last_received_at bigint NOT NULL,
    config_version bigint NOT NULL
);


--
-- Name: meta; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.meta (
    name text NOT NULL,
    value text NOT NULL
);


--
-- Name: notice; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.notice (
    tenant text NOT NULL,
    hash text NOT NULL,
    site text NOT NULL,
    version bigint NOT NULL,
    manifest text NOT NULL,
    created_at bigint NOT NULL
);


--
-- Name: notice_text; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.notice_text (
    tenant text NOT NULL,
    hash text NOT NULL,
    language text NOT NULL,
    variant text NOT NULL,
    body text NOT NULL
);


--
-- Name: open_objection; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.open_objection (
    log text NOT NULL,
    subject text NOT NULL,
    purpose text NOT NULL,
    scope text NOT NULL,
    received_at bigint NOT NULL,
    due_on text NOT NULL,
    overdue_from bigint NOT NULL
);


--
-- Name: outbox; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outbox (
    log text NOT NULL,
    id text NOT NULL,
    kind text NOT NULL,
    due_at bigint NOT NULL,
    payload text NOT NULL,
    attempts bigint NOT NULL,
    claimed_until bigint
);


--
-- Name: prompt_used; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.prompt_used (
    log text NOT NULL,
    prompt text NOT NULL,
    expires_at bigint NOT NULL
);


--
-- Name: pseudonym; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.pseudonym (
    log text NOT NULL,
    ref bytea NOT NULL,
    subject text NOT NULL
);


--
-- Name: publication; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.publication (
    log text NOT NULL,
    idx bigint NOT NULL,
    kind text NOT NULL,
    body text NOT NULL
);


--
-- Name: published; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.published (
    log text NOT NULL,
    size bigint NOT NULL,
    at bigint NOT NULL
);


--
-- Name: refusal_mark; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.refusal_mark (
    log text NOT NULL,
    event_id text NOT NULL,
    mark bytea NOT NULL,
    body_mac bytea NOT NULL,
    at bigint NOT NULL,
    facts text NOT NULL
);


--
-- Name: register_head; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.register_head (
    tenant text NOT NULL,
    draft bigint,
    live bigint
);


--
-- Name: register_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.register_version (
    tenant text NOT NULL,
    version bigint NOT NULL,
    hash text NOT NULL,
    body text NOT NULL,
    created_at bigint NOT NULL
);


--
-- Name: sdk_file; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sdk_file (
    name text NOT NULL,
    content_type text NOT NULL,
    body bytea NOT NULL,
    brotli bytea NOT NULL,
    integrity text NOT NULL,
    released_at bigint NOT NULL
);


--
-- Name: site; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.site (
    tenant text NOT NULL,
    site text NOT NULL,
    origins text NOT NULL,
    created_at bigint NOT NULL,
    revoked_at bigint
);


--
-- Name: subject; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.subject (
    log text NOT NULL,
    subject text NOT NULL,
    seq bigint NOT NULL,
    last_leaf bytea NOT NULL,
    state text NOT NULL,
    key_epoch bigint,
    wrapped_key bytea
);


--
-- Name: takedown; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.takedown (
    log text NOT NULL,
    id text NOT NULL,
    asset text NOT NULL,
    surface text NOT NULL,
    ref text NOT NULL,
    cause text NOT NULL,
    subject text,
    reason text,
    idx bigint NOT NULL,
    opened_at bigint NOT NULL,
    due_at bigint NOT NULL,
    done_at bigint,
    done_by text,
    evidence text
);


--
-- Name: tally; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tally (
    log text NOT NULL,
    hour bigint NOT NULL,
    site text NOT NULL,
    notice text NOT NULL,
    choice text NOT NULL,
    count bigint NOT NULL
);


--
-- Name: tenant; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tenant (
    tenant text NOT NULL,
    log text NOT NULL,
    controller text NOT NULL,
    created_at bigint NOT NULL
);


--
-- Name: tile; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tile (
    log text NOT NULL,
    level bigint NOT NULL,
    idx bigint NOT NULL,
    data bytea NOT NULL,
    root bytea NOT NULL
);


--
-- Data for Name: _sqlx_migrations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public._sqlx_migrations VALUES (1, 'start', '2026-11-30 16:23:11.578389+00', true, '\xc08b2412ce7abb951d3bcc233cfea94a70a7e0d809e6d937a569ce59b765eb31cf1c082eabe91ff6cb15c4ebfcb71f9e', 41455376);
INSERT INTO public._sqlx_migrations VALUES (2, 'pictures', '2026-11-30 16:23:11.620447+00', true, '\x3bc740206c3409cd3b031d0b58978ece733dabca307dc97e401dda8cbf36d5b6eb870134b4c19f2167709d49857996cf', 9245720);
INSERT INTO public._sqlx_migrations VALUES (3, 'prompts', '2026-11-30 16:23:11.629891+00', true, '\x5d6ee54a25ae19e8767b84b6ae1a08bf73033fcd76af454cadbd9351cae83b019372e17f78783df4e0e40b5bbdb7b60d', 4544624);
INSERT INTO public._sqlx_migrations VALUES (4, 'links', '2026-11-30 16:23:11.634601+00', true, '\xdd5e7f28da606a3e56a11ada46bfc6e065590c114370fa111d945bcd5951f3d72e8be7de66b5dbdd1c5cb4abde995ad4', 2468383);
INSERT INTO public._sqlx_migrations VALUES (5, 'objections', '2026-11-30 16:23:11.637275+00', true, '\xdb26cd152a1b5fd95d6fec534b5ed286bd01aa35ca499fdc98403f189cc8033ce68cadc2d91b7410713699fc6147eaea', 3792678);


--
-- Data for Name: api_key; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.api_key VALUES ('\xf16f08fb0d7fb083d3293293bafdfdb024aa1a9ba72e7525e67a9b3df2b06fef', 'loomer', 'k_771dfcb2e4b0', 'publishable', 'www.loomer.example', '', 1796055791814, NULL);
INSERT INTO public.api_key VALUES ('\x274fddf37ab6b3b8897c4f4199fd3fc7eb9cfdeb55d700c811c63317e267beb5', 'loomer', 'k_7a5d6d64c7d7', 'service', NULL, '', 1796055791831, NULL);
INSERT INTO public.api_key VALUES ('\x46fa15cbfc566a53d0748ef63a161ba7a82f871b2eedd98dcbf0ff12160c3222', 'loomer', 'k_13540e1497dc', 'editor', NULL, '', 1796055791862, NULL);
INSERT INTO public.api_key VALUES ('\xc00bd539b8e99372c32143ceb9b50b00d86c33ea14d341fdb349585c599f2a31', 'loomer', 'k_e5b01e34699b', 'publisher', NULL, '', 1796055791888, NULL);
INSERT INTO public.api_key VALUES ('\x5fd6356d05637070ee34c62dfd554599139c664b067b44d82df86f2b21c5ede4', 'loomer', 'k_aebcba0fff48', 'dpo', NULL, '', 1796055791907, NULL);
INSERT INTO public.api_key VALUES ('\xfce60b58d979039ffe077bedbdf2b31128c36e6f8009a0e13d8ded811d2b11e7', 'loomer', 'k_bcd2d5464f6f', 'auditor', NULL, '', 1796055791926, NULL);
INSERT INTO public.api_key VALUES ('\xe9df8c7fc5a23bc48d4a9d690145f7a052d029a23a84cd3d52ff6a7dfe7d13a7', 'loomer', 'k_f06fe72005cb', 'operator', NULL, '', 1796055791941, NULL);


--
-- Data for Name: asset; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: asset_place; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: asset_subject; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: checkpoint; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.checkpoint VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 3, 'localhost/logs/jdgs35ykliy45wgl5hvxi2f2dh
3
R9r9UZ2T6FOpQlV4gQ12mDodokRkuuFZV9XqnTbt+fI=

— localhost/logs/jdgs35ykliy45wgl5hvxi2f2dh vhS3eLr9ub8B1kEFfAep+fsmoLBgH2/k8nYCZua/rIR30lMFNJPmCkqTxSHICqZlNJHzfKNWxw6jt+eZzfpdsStjaA8=
', 1796055791790);
INSERT INTO public.checkpoint VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 5, 'localhost/logs/jdgs35ykliy45wgl5hvxi2f2dh
5
1jLVLKBOxb9XE11H3QQCXxEdvsHxv209o1UE901xu60=

— localhost/logs/jdgs35ykliy45wgl5hvxi2f2dh vhS3eAmfTRICh52wnRdWj1Vpu73QMFKMNPFrwl7eEgi5mBX/cb2Pe9rZOpOQ0iOP2IhqyfH2lBfMDFmqHs1/4Z5lDQU=
', 1796055791837);
INSERT INTO public.checkpoint VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 7, 'localhost/logs/jdgs35ykliy45wgl5hvxi2f2dh
7
nAWTl8bVSQHMcZAm8wMLTROe/dTFOBxgIK+R7gUqXpk=

— localhost/logs/jdgs35ykliy45wgl5hvxi2f2dh vhS3ePXqG2kESHhX1oY9sTvcjHhHKriXZrrKKy+FD1tAAPuNXuTZJQk3QfbdM8oBktTLtK7U0F4w2w0BTjUTUXjCrw8=
', 1796055791897);
INSERT INTO public.checkpoint VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 9, 'localhost/logs/jdgs35ykliy45wgl5hvxi2f2dh
9
20FHz74ckfHmS9mbrPp6TmEVmU4/+cpCRLglgKhaa+8=

— localhost/logs/jdgs35ykliy45wgl5hvxi2f2dh vhS3eN/JudntV8OBxc8hsDQFkdWcdOJzJVuxaG8GIX4kJjmrqXRfwfTnMBXXTdME/m19JQQtJzVjMe2EHvQ5MEuCPwI=
', 1796055791928);
INSERT INTO public.checkpoint VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 11, 'localhost/logs/jdgs35ykliy45wgl5hvxi2f2dh
11
Dr1LP2IcdMHmhkZmqUrs/1mwlZkoIc7dbcxaTgSmGAA=

— localhost/logs/jdgs35ykliy45wgl5hvxi2f2dh vhS3eBLmKMpSt9AmKBD3mVUAUrIymJaDkGwOeXUSgZsKdDYr4eb2VUt+gRYFek3eWD6Ah2nkRmVqovM3loC32pUX+gU=
', 1796055791976);
INSERT INTO public.checkpoint VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 12, 'localhost/logs/jdgs35ykliy45wgl5hvxi2f2dh
12
pj2ztswIzkOZN8tLrDIZ6wEZ1J5sI4e/8dXrIZRoxXw=

— localhost/logs/jdgs35ykliy45wgl5hvxi2f2dh vhS3eITujQsHMiJJgW9Qtw+D2KTeWe+loj9YUg0gRte9sCHzye2c5puaPlkPaq2IhU/FjB0BOoqWBjiYnC7zikGanQw=
', 1796055792021);
INSERT INTO public.checkpoint VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 18, 'localhost/logs/jdgs35ykliy45wgl5hvxi2f2dh
18
JVQSFTSLTegGCJ51ivULpFYM9XynKhU4L51fswUWbYM=

— localhost/logs/jdgs35ykliy45wgl5hvxi2f2dh vhS3eF20gTSkSkiRhuuYZmA44Ac0lLK7TMQHy/s6fE8XLAR5uaS9z+sBSQpjwvx+yIdvvSz3e1QV/IxhyqpNm2+zvAA=
', 1796055792127);
INSERT INTO public.checkpoint VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 19, 'localhost/logs/jdgs35ykliy45wgl5hvxi2f2dh
19
IyQdGThfdnJ+IqmWq9AZh1t++G1XKTKSPmzsGkH650s=

— localhost/logs/jdgs35ykliy45wgl5hvxi2f2dh vhS3eMXP97pgQTnTjHHH2Ys9A+NUdgx2rgAGX+pnIeyIRaJTC1sBrTSV+7qROcORQaG0iWnYyKYdSHufVeuixma/NQQ=
', 1796055792176);


--
-- Data for Name: decision_count; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.decision_count VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 498904, 'loomer.cookies-analys', 'refused', 1);
INSERT INTO public.decision_count VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 498904, 'loomer.cookies-analys', 'given', 3);
INSERT INTO public.decision_count VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 498904, 'loomer.cookies-analys', 'withdrawn', 1);
INSERT INTO public.decision_count VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 498904, 'loomer.vidareformedling-kontaktuppgifter', 'given', 2);


--
-- Data for Name: erased; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: erasure; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: event; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 11, '01a22d44-7956-75f6-b869-04e974597581', 's_CUW2t9v2Ggsj_epiWmBwMQ', 1, '\x04d32695b8c46c8dd9c6bc7f4a3331c734b00e156a7692915677a91a4391aca4', '\x993e40a6f201a636779d75293591a82bcab4ce6f7bafb060943cd99ce3236d74fad2b6fc6ab2c7078025a957861875582fd4a258b7a0c7545204fcf4763a8637aa30564e8540093f59a74e759b97ad8a71a4198e37600150c19899e573e37e0d41281e7f270bcab3da180f6cab33a14aff033d3d34665a9588168e386ca893fea2ce24ebdb84666e2d9ac3938c5237c56883c0c1229c20230d9429a71d2d79be80013fe48d01006ef9ae7b50aa0d03497a5656963aa138cfe1fc5d46e6021b56732bd4f891a5e32298fecf9cc041e0b660f00533775604d811533a9b904ddb869aa29a3f11d11a00c2a23ed5b911d3804de70d4e9c4536c1c14517b3d2c8335a7f1525d777f04de5bc156948c74e500db3004e335a6134c61ce4df357d9e65a36313dd34702e23af01e74aae26241cb7cd3efc9f789d77d1c1dad7b2539d800ada750f5fabb73e85152ed2deb8bed0b036470bac837fd23c71f84711e6fc7438953f026d4d1a39a07339974b155ae477d9375e9bcd58d727581fc4b6e91cc97746a57fe2ba377bc2dc1bd2b5dbb2668a7cebf9d9c40df58967bbc8a39ef84e77ae50c928b0e1b567632b8fd6f10be5732de95472a775a771aa6f09e555c3c9f3a32cb3aac18f04b9b889aeb405b91e68d86a214fa42658aa7e5f795a7006103afbc090247d705d74f95577d8a07246160c3bbb9fab0f12cb3d7aea5ec93aa14ec93a9f2ba9a344986713300b0d44abee77c2009839898bc58a78e7b64c3098ee30d12a2d593ed26e92c8ce4211c1f8e1c34a682d93fd11b536bfb9b74e23990595c86ad59297b3ebff10b88bb50adb2ac5a99e41987f81f725');
INSERT INTO public.event VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 12, '01a22d44-79be-73de-9744-9d844dcce279', 's_uCxrSS0y7HgGUQDzHko2Zg', 1, '\x7d3706d46cd7d98bca89b0c7604406c355948943bf81ec14396af9fb42c7dd0c', '\x92fff2b37f8a07dd743c76320e344a1969ae1123da33bf1ea1da2f8eca664904c8d8c96a6bd1f915c84b36523b62a1d8d1d423820c82eb5c9c759b5fb2c247a9ecdb9fe5724e305d73df751393fda16b9866de1f694bee088635cda2a4d4020ec8e859268176a01928323e6385fa147814ce08215d119ff72ca3e79dd1fb6a71c319428dfbd27d4cae279eaf4c236b290a7c90fa29aa1bc9fc444b4be235d18df5b6761e2a8c02a3ed5d99000904781845d9e8f1d2ae6423638cdd0aed0ae75f81a8c417c1fbf3746764cd760163cf01a7365c07b956cb72d3e9a770f2db690e69d4621fd59c8a14ddeb8c89d8341ef8de19631c0d99a34b03abcbd29e8b8b866b5afe180f53210ce92ee8841e47970235a3427e3876002635a451e72f8f46f8e92a184694680f9d274dba2143209a0a97219d97d9497b76c2a2d2e322cc1592dc70aa5c0dd8c3bfd79cf87ca394578cf962340ad85aa030f1ccb7488f3b666a10425f8ff7943b439e6ad5254891830d48d968d7ca50b1f4f7fa88a683ba96b4e7915dbc4aab964453125c0d8a9fdc82a91afa54b0894be115577e0c7014758d5fff53b2b8476e0b7e0c8039569fa75421dc9f4471a9000ad14500c90d96625cb46b02f545f3b1f48e9d8d9b010add651f36843f741f98302088582e444a1ad206427fc60cc9927b0332253fdf5eeba5a242aa7b470a6702033bcda7b7b48536bec35b29195feb4270119eed833796ee2bf40290c3f8013c30e97c2e674b19eda6895b4d1b352b6c6d80c44f69a5ca9c1cd882e761ade6ccc2f0c9133e1904445235d292fe7ffa5a1fd69667e1ed31eeb1ea795f49e7ad647485ee28f9');
INSERT INTO public.event VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 13, '01a22d44-79c5-7d44-8498-9fa64b69766c', 's_InIrSUFuIsyPjjEBIy4-QQ', 1, '\x18edda8100bd6c51722dfbef7c38fffac35c335f4b4d9a1663ffa2d9ec128159', '\xca116d7e95909b9d086654a4312f60a9c62cc8715902a3d4f5c8c2dc19605aa4917e42e24c96f813a13b5b83e97de87381ed78abeae3d878c2481cf7ae65895c58d6973a63d1b77ec4a63246ebb3d3301619faad4cba25c15223ea89aa285e7c95d8db2578718fef338be56a27594bee9960713e5c83e39dd3e309bd5284ff3f374ca737d707cb8c04f717429ba203467273fbe75ca070575c72d7e59888c72fb61dbd0dc520419c690125234a4ec18c205b4c9383fa0804bdaa059d7759790ce3980e5fc2939be82816946441e1ca9c063d301722f3d3777df481be19fec9258e44b48a2111692f7fe9f5d92cd7725beaf8d92edaf96ec38e183a71e8eb8f4a4149f63e653382e8ec6381407f7cfdcfceb4f1f202ada7c77f35e0d0cbdf995d4d69f4618d1b2257872df9de748fd46dfe9acb5da1b2f971dbee5474732a5e566d579c9692615f2fd12636984e1321d2a014a6ac854688d79bbd03f5f47e611541289d00b33c278f48497f389379d2f865f1b2076e62c33c88167b0ab874a7c5fc866d02fdb983ecd06095bbf80984847ab9e9163d177722a19a5020341882687b20495ca6686368c8647dff28f64748e6386e4c6343e5590393d28a18a4648ea642124dc7811c689e772a8b538830ed27b6da31f8c0311a143e75d2bb0bbeb7ebadbf6fc9ec8a652499deaed1d03811848209f5e81cbd64b5f9d04ec1eba272f014c05c5f8f46da7c5dd30a9b18904c091ca685c0115b80b4c0fa943ad92cf681c323b0275cf7dc8d6a52fb106a1497ea27aac14096c4c5314519b480e948a7f63cdadb56cac78467acb5d43b5148a779ef4cafbcf47892b0');
INSERT INTO public.event VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 14, '01a22d44-79cc-7a1e-8e93-c471b28f6d9b', 's_k_xNDzbxsrN5VX8y5Oz6Sw', 1, '\xb3c4fe786341f8ef103ae98f353f977f32ddf0cd5cb7f712601a83466a42f63b', '\xc05fd6ad4dcdb18ae1957bccba289b88239663385b029cb1632019aae8ba0324cb7d07648f98bfc42652f1d4c0e02caed99cbba12843f5023650a7c86a4db74c78ab7e77c26fdf696dcfd6bdfc7484f716f452984a8c209018e490892bfc826b7d50434e600cb09386bd98fda34978a7a6f823d80014e72910ed82c8beae950d80b21c08620b0957203eb5b2591066eded9fcaca8399bb6986e7e6917862da210c56b7e28c0aeca9e40efc9f1018e373cf0047036f8e91af7c7ea0a1d5f3dd4c5e45ca74845a9c8afdd4f4494cf85b8d70ae916e4b121f68f85d87df70d26cf6ed552376e32c091bfaab5c79dcb75351b94f78f06dda32896cdde0aab7f2f1d0edb4f0dc3739fe537d8c8a6f69b900901737c4d420d4fc59eb45d89c0dbac9d47399eeabe6a8b8a0085a41e4b46e77942957ffbb558fb9e650ef3afa3afa7b6f0e65df860089fc7939ca3f11ccc2d712ab567856b64a6f14adff3eb1d080df9caea87245a81153314b4d85f6680548c9bebdcd2ae331d38bc9e973e6bd9edf20a7aac446f43190cdf9312c8b71547ee4033452de043e7f9c94cfc9e4abd541bebf261087594c60ef2b093e26696938305852661710f74288a6ccd426e98ea6e86658269ebeadd26060ef862444a8ab707d7e6d0ae56ec742990558bd08175df86c1244d37a02b03d3e25856e170c01f75a7be10417ae05a3271ee79c0f0cc8897a3a619430f0457c5ebd2c23534e273d4bca38b81bdc10cc1d17876d0350e2c698f737fc0504bbd46928012a7094dec3808229617061ba556b95f317a2896aca0b0fc8e7a39961747bd10c789303e70d8eccee0eef84b2b8de');
INSERT INTO public.event VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 15, '01a22d44-79d2-76a2-9098-dcda45624de4', 's_k_xNDzbxsrN5VX8y5Oz6Sw', 2, '\xdd5a62711621037dacb19c7b677b9b51326a39aad36849a98f863d0e6ed8c595', '\x1c2935ea1d4ed332ac6fb699173de7244528733d3c5b2bb6780afc7beba8d16d96e81f2035c4087d82dd0e8ffe0a4da34a060193b0be9e6e9b41c97d2a3d3a4dd1ce1f6e5685b4da33beab386f8f67a673ab3c63ea0877c6aaaf76aad143ab319f788d9cbdb448bce14153686e85fa5eb331fda83ff822b6a288ddc76eba8caa48af8e00e02f167d2e428bd309f8c8a48b71bc81291bf86a5af85b24d11fd2fa2e45058684159f81f54ae262a1a8e25ab3f62e009763d378f8d560ce97280c60e9f11adb9a5035d1399a6255b56b6f8fefaff3178e2659706f301a5b21299bfafefd59db9d8fc5c914863b03203195428584e931024ed2c70f2836b61f6530493e574d33ef95cb640ec95fd07e96cbe57a0bd73dcf5d3fa9b21dfacb315433bd6ce630fd9b35632976a8af99cd81d6130be4216cdb15e2c99a4ed50acc0e0ee72f7e3d246eaaf98a7798c6a4b467e699d5bf03d593c78e71531a3b45b4acc8f3fe247922b6cf0aa720e46023e145da0a57149d3a98b054f7891e971b50d9da4ee9dc0d522f1d8029c99972f7f1158e196dbb8b66ad2305893b77c46fa7c6f88960872805a11838698e623972fd590daf8e1eb494556211b7af85052c3002b2a35ec465c5ce9b9233805992569a2918b111ecbdb82119d445c00c11ee24a9027fa3a5559385f5e92d921321ee27fb5145781ddb7246cf9d676f6d2ac47d6255c542fef4333f13faff');
INSERT INTO public.event VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 16, '01a22d44-79dd-73d1-9760-17a1d504594e', 's_InIrSUFuIsyPjjEBIy4-QQ', 2, '\xb15c62fccd56d6f9b4cd0a848c1a27ce5705c0dc14faaa9424415a5c930c1db7', '\x4583d1ce14342f7d4e61b36d22cc8f8c69b0b9c2c5fb36f323a4b8f07ce18751a79bdd911e4ea0ffd1997f730c627a0fbb724b4745ebaa5b46bfcb0a3cbaf7b417ce3845fff35e0f79b0e67d349fbf2e79851ebf0ff6ff9ddae95451df0740f3d3e5f0aa133d96908abae3c41f1af0c7b7493e3800e98e3f33c2c20766be37981f6548116074f1f76f8c24545a98f4c267479c1d5765914f333a874f34c0928f7bab03202957fe07786690c72abb306783ea17fd26ea9de724d47cf2cce8b4619c837258b09df7ab3723ecc0e960ff65ef5a85f58d50f80e0474ca06565eea61f389e1094b721baaffad3d98e605a194ff6076f5db5df93109b257ed6828ad12a6702e4e98af2d4907c2e2d871d97c61efd32fd2a043b2956e5d1129f039e33c661ddfe2ae645cd9af460c67f119207f8ab0e9118eaac25066d917ee7d96cd0501007a3aad6025951e7c2df1ec6d1b5fbbb5cf7114586cf2ff468b2c70e6df7258b7d4d9f115fb7077b9aeeb2fc595cd904dc1be1e5818cc25d5bc00cb758a73c7af1ce7ab13dee4b0baa8227b6c44e39add30ddd172230dca3fc971eb82e521d8396f79f5942f842345291108d9276ba2a946164cfa33e7fdee3b1b9f982af8ae7fc01fd0b0bdb64a01cf0f1f7c8286d635778490a599e2fe93719543bf1b656f90a543f08ea97e97612a494e1c268e1e624573baf950bab785c46c57cfbfab777c10541968b13d8b378d0ed5081f21b80b54ebd77446ae5ed57a0b738c292d7bf2a0db135a43064be6d09be1e2a770c53198bb7f1d59fc59128a66eb2861d0cf0ca2ff7cedf41d4515ff6f8ddab73343332068ebcd886e3700851872c73a253d1abb2bbdf4839275274fadd9659afa1a96a53ecbbb25e62a25c4a972058ca46cb1f00cc2fcc9129e84c135914a6d1a388086d2166d8c8a7bb71e674d2b068d48c58d130a879e8efd1eef654d88aaa78ece30e7a6a328eb3794f98b70cc8dee1ec2cb14e3572797d16d4ac9f7c5b4e35787595d0c87eaf620bd869b73822039e9e0adaa4ac7');
INSERT INTO public.event VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 17, '01a22d44-79e4-7267-b69b-9cc115c0d363', 's_InIrSUFuIsyPjjEBIy4-QQ', 3, '\xd47bc0dd361206341f83bd82c8dd8e8a2800ef7b8aebec7affd08567c6c8aed0', '\x1a59c8c6dff917b955b40796ae450c66750f1e8880ecc65880feb8e583ecf6ea58dcf4bc288b6950b4661efdd08a8fc7d7c975d2683afc5730374c114c7ce412b2e77957026329c10ea107c0831b2124ac404ce90c7e1867309066805e629a38a9e3104e5fab651d99cd74bb9e3fd744619dd7e796eef413edd09a826bc2c0e28bf1873bd820b69acbb1073173d421b8c16fbfba72fce2f16d932635264e6ea4ac8bf7a4ec68cfb72e9e80f9a6f7157ab6e46db35aa6fab1717b63911107e25e5c97b585e9b1ea3b53b8021fd9549ed3cc9ba5371d98462257f3d2270d1f8fdd2aad2a2a4172c226cd002d39b05acc3eb79ff5092282fa256a52542dfdc18c45e010a15c2083b0fae09968661ac35b6c19c8052d7fb818e01eea624fe5f700950f133fbfd9ed74fcfb7aa83361ad18ad0d76705a9040f8d5341da43c4e300ad93c91e435f3bfbcb542681cce1d7911308c9608d6c58d6269875f17e02fa8cecb1a2059204cd4850234457f1644b487ee81c130aceae951c7363992734b5b62cf88b7ff6a4d68bc0acd9d8e2c3061965dd87e3e6b1fbd9f76de404cb477a8bd2b1a9a9e5544ad5a17dcba7413c7710d5ceaf900c15bb05bc3274c3b9a83b508243aeacb651375d9c4664f5bbd1264d2229a8f77eae3e5b9a5e4b9f67d6b124375a91f1a50afb663918434a80425dd80294a63d904d94571893763ff6ae6e361b1f4c5b8120976cd2c6083284cab6c640d31caaf6520f74d2001979c96110abb5ad7e347795ce314515821a7604c4a6c5287082b9f5e6d8cb3f8b2a843197eba5b9fb0c7523817d508d12de417df27824eb471235b40c033be5c2ef186bd877dbffaa6b0cb087359e284761dbac29a677d425f765d58965f9c0c200c9f032ab0e2eed5adef6bd2023404ef53852b06cfaa3abb81adf31222bd7c0ff228bfda38d4283153f60431b9cb5165cf95e95fd33b42fa1b3cc8a55ac6a8d42d265f');
INSERT INTO public.event VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 18, '01a22d44-79ec-7647-9918-633557d1d345', 's_InIrSUFuIsyPjjEBIy4-QQ', 4, '\x81954d8a090da813cf51929f3605be1efbfb0f35946f3a6dba5c4b30ba0a3d93', '\x6ea8981ac73da05f251ce83412784cbf668d54829733eefb3eb67f5eb8f4fd468756e14fa5fb390eb38ae6954c0866f563c0896b5a1738157e3f5ee456f6fe527d7d915b8ed5325840bab7dd2c86556581bcfee243ac1fe35d499d93cb84ba0e4635c98028e8086ac4281dfd0bd0c4deabef32ba52f47782eda14987232d1c68e4caf4ebd99ac8d1f339a3c10d4a3ee9807b85cfafd126ef1f92ce5a892f58b5a112d5ca5adaf76ea08160765d46ecd2626f56c4a9b45255a9c331186e52b9ba706647adf21aef4be412a1d91f826849d5ef40b68960d37cbbafca67684be7ccb3a879760cf3a243603aaefff164ceb761450fe6c4e65c1b94f13dd46e3a6553f3c3029b461a25a1dba98f39d1c5ddd8953b893db811a243f19d33bacda961ef175abc8c606619157442b65b93cc5660ff03e3b817341d9e8312bc4dd4c3c2c8035601a93c16e1d54713e133fbdf476896e762bfb3e57f8ee52c4667c1e3b83c1d6abce9c4f677c04af9e4a309471a78b0bc95a1bd7ffc497064241deca904b03ff883d8753b24d3f1a2dea0865981ac3369ebf2d2fad1c70673a76d32d4581d583b2cc14e485e5ce8d227789354b9f32328b4bc9ef36ac7dea9d1160afd396ba81e6e584fe3b92216e466fb4fa7d11f30ac4a806802a47c2f8320b06c46a815be8d26b4af82389ed7e1387743ba557074e02a75a3f153c11b22c7d5ddee0b8bddcaec575938e1746bee6724f840a310f5b0d59bba16addd475a1c8a4e5d4603345e9f0d9860559beed95f4925b0b4f949003153f610ed5a3d7f25a2e374bbbf2bc1f948298da61200c6a9bca8ade146cea146e9c7d643fb1d2acf257ce5ca3a62f6e2d0b1329c30ad3abec8077d076606b4de703cfe5f703b25b3dbd1e92ef55ab451fd77b09dda8d5c3dafddc966a7de04784f486406e1a43f7ceb7507a9bfc3518afc77ce2a678190cffe0ec8e41a3ecee6922fb6f5df06e79d38dfdb1f76073e95eef891b67cf43c2e49ad631c0d9a59d5316260c1572d403c943a10a9f9eee66feb');


--
-- Data for Name: guardian_of; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: leaf; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.leaf VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 0, '\x73302fc1032f99122b2b5cf758246174fb15a3d7352626c95d9f7f12fcfa661f', '\x73616d7479636b652f6c6561662f76310a02b580fc4a592517efef2efb924d058a1ac79192e0ff172c0b7fee39f92fced4420000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO public.leaf VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 1, '\xece825edac4670a709aa54f27f6491a2149ae4c3de604b5abe1f23a055ace325', '\x73616d7479636b652f6c6561662f76310a011cc91068d332c7a579030558d29cef8721d0257a62fbeacfddb290e25dc0d32f0000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO public.leaf VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 2, '\x6b0d38fd4a69046722fdded9b764e2907aa27cace5a46030f3165a7f24881c51', '\x73616d7479636b652f6c6561662f76310a0252ecbd99e981b491836f4fe59c7925f4b03ee6eff434e3d2d8c51a43dde8557d0000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO public.leaf VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 3, '\x308f93807cd27799b0644ceb9a9d4e5dd2f126b13371a03bc55c25f6c78e1bb1', '\x73616d7479636b652f6c6561662f76310a01ef6dd893f15e5ba07b57ac8b76cb783df30053139a363450f96c0592277acf670000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO public.leaf VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 4, '\x5ec1e7e8b1b316f8cccfe129aeaf096482a172d321fb2b72e49acf0ed54d40b0', '\x73616d7479636b652f6c6561662f76310a02cb701fae270fa10dacbe046d1e2cacfe978b5ef956529a50a6505145f39fce240000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO public.leaf VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 5, '\x8bf8aed884235100e3ce5a9f238feae3acffc043a58718a47596a6399033d3bf', '\x73616d7479636b652f6c6561662f76310a02a7c58dcb0a546981bb210f16da518492ba4222b182b4ab8ddbb88a0462d7c4240000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO public.leaf VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 6, '\x386ad69cf991f01eae485f34d02c7285cd818bb7395ba3773bc456e623557935', '\x73616d7479636b652f6c6561662f76310a023b17f624d9b6f8804925d2d70ea60c4a647fabd7cbf96e76978b68b97c690f150000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO public.leaf VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 7, '\x143a16e597ea56f97a91f56bc97307f75fb9a9ac268164d16864ad1b227686ac', '\x73616d7479636b652f6c6561662f76310a02be0d8b7b8086dd85b005715627845953507d7485044a7a333ac76f8eba230c8b0000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO public.leaf VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 8, '\xf564a8a601de63fd2f200b68e1c1b02ec47e6d05804a3a5ac95041e575975b4e', '\x73616d7479636b652f6c6561662f76310a0231d921d07e0dab9708e453e6071f46c0c4ac2c0d6430ce017d504bd41d69737c0000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO public.leaf VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 9, '\x7b45d4cf6042607bcd8a55c3cfafb40da253a88855b01b78d567c1efc93320b4', '\x73616d7479636b652f6c6561662f76310a02273bba2b7a415e984d6fc1911e20b2825d25414ea5c497ea05c6effe042cc4880000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO public.leaf VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 10, '\x2bb9cf4102c6484b797bad2a3850ff30e10cd0146e33b183285335dfa36c418f', '\x73616d7479636b652f6c6561662f76310a02f9d033b990d18bc85d72b4ad0207482b47ceee176975c8bad483543dc9b6336f0000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO public.leaf VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 11, '\x06f3e68cd728dc57e9082795534f9290ad2dd3344f47757d93380a4cd2c10705', '\x73616d7479636b652f6c6561662f76310a0028f8c7b98bf35a402dca1eba23d2a3ee1264e805da1dd27844a7ad2e457b8a2b7b4c3cfc2bc33fae03ee3aa647e1fb15df81ca442a2898ea8279e7bc25d6edfb');
INSERT INTO public.leaf VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 12, '\xb7aaf6e5033530ebad0fe9bb3676c4403efa21d16360d87c37be92439b870511', '\x73616d7479636b652f6c6561662f76310a0041efaa734ca2266107def6f9824262e6912e384a3d2d51facb036e0eaa02fa520d88e6234a9bb11c68bb787e2588dd51a89a61886f685b7ae5de49b35784d716');
INSERT INTO public.leaf VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 13, '\x3d3c88339c122558b22049a63b9536d089f7d3827ae1429c133f95b529fcec0a', '\x73616d7479636b652f6c6561662f76310a006b7fc79113ff0ba3387e113f93342bd716596e9ac3add334d5e6c7da29b679129e33d7a761c721fc6160ad798c8d3bab965bf9587d10aee1375edb417cf1fc88');
INSERT INTO public.leaf VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 14, '\x78814eb8790803163db29768553844606e73f59820e87d8befa957fd3268034c', '\x73616d7479636b652f6c6561662f76310a00f7aabf2c216aef7e1637b6d943e1ed19cee44f9bff34aaaffd9a217c54c9459679c19f45a20a6bb6e2d1e2445be34910e945529c0535809f79dbcf597b088371');
INSERT INTO public.leaf VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 15, '\xc3c2cc39c1c847c0899bdddffb47e6d37a3a92907d8d41e1f5116e24ec730ab7', '\x73616d7479636b652f6c6561662f76310a00420569ce3b15551cae0b73d0d51cbcb983545539dd5ae9431e08c89a00cff61f6d2d595302ca679b393ab9776e37a0fb7dac925b7d16ac5574d74469ab3b70da');
INSERT INTO public.leaf VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 16, '\xf8c7205b8159b572680994eb72a5df4bc20d0d462bb54b67ce438a907636db6f', '\x73616d7479636b652f6c6561662f76310a00b738256ee28728d74ab8d57489d40ed7d0cca95c4fcfbf1d11a0803ca9997f553113b9951ccdf0170464ad5b249bb46699260be739315c90462768d42bb3a2d6');
INSERT INTO public.leaf VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 17, '\x6a9d6aaa6a423fa1845ed9944f3ccdf74128f29c135a38f16be3770e5c877279', '\x73616d7479636b652f6c6561662f76310a001d2f738d393e251c6e0c9689f4910bdd4d48ec02b0474da5dc7520c0a7e03f1b1a106efe52ab98f760103cc8d14b51272b5ce398243e0609f2361d5293fcaadc');
INSERT INTO public.leaf VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 18, '\x848e718a1128cbe3ac6880f5c52a6cd73fcffc8546fb7c95390e4eea0dcbace4', '\x73616d7479636b652f6c6561662f76310a00d9f390ea9d5fe19a1e175216bc24539d634edd009264d88a6e8f919e39a05cb9841a8735bd0565b521ce11ac8f957afcbf6952ff1295f484351b64080b75f0c0');


--
-- Data for Name: link; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: log_head; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.log_head VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 'localhost/logs/jdgs35ykliy45wgl5hvxi2f2dh', 19, '\x23241d19385f76727e22a996abd019875b7ef86d572932923e6cec1a41fae74b', '\x000000000000001333f345d2fe5dce90bc563a8dc6186aed1d6cfb7816cb0dd013befb7de4a1b277d0f829e3ade2f8fa00fc325836a5470575002875c0e4e0d1f26beaf50ce10797848e718a1128cbe3ac6880f5c52a6cd73fcffc8546fb7c95390e4eea0dcbace4', 1, 1796055792113, 11);


--
-- Data for Name: meta; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.meta VALUES ('identity', '7408754707a502d03699c73c23becaa5');


--
-- Data for Name: notice; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.notice VALUES ('loomer', 'sha256:45e26c2b0dc152c0353ea26d314c845a2c09e14a3a786c16f8b33760d194bee1', 'www.loomer.example', 1, '{"layout":{"buttons":["refuse","accept","settings"],"own_statement":[]},"purposes":[{"check_mode":"consent","id":"loomer.cookies-nodvandiga.val","scope_type":"none"},{"check_mode":"consent","id":"loomer.cookies-analys","scope_type":"none"},{"check_mode":"consent","id":"loomer.cookies-relevans","scope_type":"none"},{"check_mode":"consent","id":"loomer.cookies-tredjepart","scope_type":"none"},{"check_mode":"consent","id":"loomer.vidareformedling-kontaktuppgifter","scope_type":"recipient"}],"site":"www.loomer.example","tenant":"loomer","texts":{"en":{"adult":"sha256:3f9ffc6fdeda95500fa89d975403985d3408fae896399adc68ca73e20725a50a"},"sv":{"adult":"sha256:912e2af6744f1ff58574661df4b57cadca69cfa615b395c115c1eb08d0ba9b9a"}},"told":["loomer.tillhandahalla-tjansterna","loomer.analysera-utvardera","loomer.information-om-tjansterna","loomer.cookies-nodvandiga.konto-sakerhet"],"v":1}', 1796055791774);


--
-- Data for Name: notice_text; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.notice_text VALUES ('loomer', 'sha256:45e26c2b0dc152c0353ea26d314c845a2c09e14a3a786c16f8b33760d194bee1', 'sv', 'adult', '{"contact":{"controller":"Loomer AB"},"intro":"Loomer AB ber om ditt samtycke till följande: Kakor: val; Kakor: analys; Kakor: relevant information; Kakor från tredje part; Vidareförmedling av kontaktuppgifter. Du kan säga ja till något och nej till annat. Mottagare: tredje part och det företag som användaren väljer.","labels":{"accept":"Godkänn alla","close":"Stäng utan att välja","refuse":"Neka alla","reopen":"Samtycken och kakor","save":"Spara val","settings":"Välj själv"},"language":"sv","others":[{"basis":"Avtal med dig.","data":"namn, adress, telefonnummer, e-postadress","description":"Fullgöra avtalet och tilläggstjänster","id":"loomer.tillhandahalla-tjansterna","recipients":"inga mottagare angivna","retention":"Så länge ändamålet kräver; Högst 1 år efter avregistrerat konto; Längre där lag kräver","title":"Tillhandahålla tjänsterna"},{"basis":"Intresseavvägning. Du kan invända.","data":"namn, e-postadress, användningsdata","description":"Utveckla och förbättra tjänsterna","id":"loomer.analysera-utvardera","recipients":"inga mottagare angivna","retention":"Så länge ändamålet kräver; Högst 1 år efter avregistrerat konto; Längre där lag kräver","title":"Analysera och utvärdera tjänsterna"},{"basis":"Intresseavvägning. Du kan invända.","data":"namn, e-postadress","description":"Skicka information om tjänsterna","id":"loomer.information-om-tjansterna","recipients":"inga mottagare angivna","retention":"Så länge ändamålet kräver; Högst 1 år efter avregistrerat konto; Längre där lag kräver","title":"Information om tjänsterna"},{"basis":"Avtal med dig.","data":"cookies","description":"Administrera konton med säkerhet","id":"loomer.cookies-nodvandiga.konto-sakerhet","recipients":"inga mottagare angivna","retention":"Så länge ändamålet kräver; Högst 1 år efter avregistrerat konto; Längre där lag kräver","title":"Kakor: konto, säkerhet"}],"purposes":[{"basis":"Ditt samtycke. Säger du nej behandlas inga uppgifter för detta.","data":"cookies","description":"Komma ihåg val","id":"loomer.cookies-nodvandiga.val","recipients":"inga mottagare angivna","retention":"Så länge ändamålet kräver; Högst 1 år efter avregistrerat konto; Längre där lag kräver","title":"Kakor: val"},{"basis":"Ditt samtycke. Säger du nej behandlas inga uppgifter för detta.","data":"cookies","description":"Analysera användning för att förbättra tjänsterna","id":"loomer.cookies-analys","recipients":"inga mottagare angivna","retention":"Så länge ändamålet kräver; Högst 1 år efter avregistrerat konto; Längre där lag kräver","title":"Kakor: analys"},{"basis":"Ditt samtycke. Säger du nej behandlas inga uppgifter för detta.","data":"cookies","description":"Göra den information som skickas relevant","id":"loomer.cookies-relevans","recipients":"inga mottagare angivna","retention":"Så länge ändamålet kräver; Högst 1 år efter avregistrerat konto; Längre där lag kräver","title":"Kakor: relevant information"},{"basis":"Ditt samtycke. Säger du nej behandlas inga uppgifter för detta.","data":"cookies","description":"Externa tjänster för vidareutveckling","id":"loomer.cookies-tredjepart","recipients":"tredje part","retention":"Så länge ändamålet kräver; Högst 1 år efter avregistrerat konto; Längre där lag kräver","title":"Kakor från tredje part"},{"basis":"Ditt samtycke. Säger du nej behandlas inga uppgifter för detta.","data":"kontaktuppgifter","description":"Lämna kontaktuppgifter till ett företag som användaren väljer","id":"loomer.vidareformedling-kontaktuppgifter","recipients":"det företag som användaren väljer","retention":"Så länge ändamålet kräver; Högst 1 år efter avregistrerat konto; Längre där lag kräver","title":"Vidareförmedling av kontaktuppgifter"}],"rights":"Du har rätt att få veta vilka uppgifter som behandlas om dig, att få dem rättade, raderade, begränsade eller överförda, och att invända mot behandlingen. Är du missnöjd kan du klaga hos Integritetsskyddsmyndigheten (imy.se). Gäller det kakor klagar du hos Post- och telestyrelsen (pts.se).","title":"Vill du samtycka?","v":1,"variant":"adult","withdraw":"Du kan när som helst ta tillbaka ditt samtycke. Det påverkar inte det som redan har gjorts."}');
INSERT INTO public.notice_text VALUES ('loomer', 'sha256:45e26c2b0dc152c0353ea26d314c845a2c09e14a3a786c16f8b33760d194bee1', 'en', 'adult', '{"contact":{"controller":"Loomer AB"},"intro":"Loomer AB asks for your consent to the following: Cookies: remembering choices; Cookies and similar technology in web and app: analysing users and behaviour to improve the Services; Cookies and similar technology in web and app: relevance of information sent; Third-party cookies when external services are used; Forwarding contact details to a company the user chooses to contact. You can say yes to some and no to others. Recipients: third party and “det företag som användaren väljer”.","labels":{"accept":"Accept all","close":"Close without choosing","refuse":"Refuse all","reopen":"Consents and cookies","save":"Save choices","settings":"Choose"},"language":"en","others":[{"basis":"A contract with you.","data":"namn, adress, telefonnummer, e-postadress","description":"Performing the Agreement (and add-on services) and providing the Services","id":"loomer.tillhandahalla-tjansterna","recipients":"no recipients stated","retention":"as long as the purpose remains; at most 1 year after the account was deregistered; longer where the law requires it","title":"Performing the Agreement (and add-on services) and providing the Services"},{"basis":"Legitimate interest. You can object.","data":"namn, e-postadress, användningsdata","description":"Analysing and evaluating the Services","id":"loomer.analysera-utvardera","recipients":"no recipients stated","retention":"as long as the purpose remains; at most 1 year after the account was deregistered; longer where the law requires it","title":"Analysing and evaluating the Services"},{"basis":"Legitimate interest. You can object.","data":"namn, e-postadress","description":"Sending information about the Services","id":"loomer.information-om-tjansterna","recipients":"no recipients stated","retention":"as long as the purpose remains; at most 1 year after the account was deregistered; longer where the law requires it","title":"Sending information about the Services"},{"basis":"A contract with you.","data":"cookies","description":"Cookies: administering user accounts securely","id":"loomer.cookies-nodvandiga.konto-sakerhet","recipients":"no recipients stated","retention":"as long as the purpose remains; at most 1 year after the account was deregistered; longer where the law requires it","title":"Cookies: administering user accounts securely"}],"purposes":[{"basis":"Your consent. If you refuse, no data are processed for this.","data":"cookies","description":"Cookies: remembering choices","id":"loomer.cookies-nodvandiga.val","recipients":"no recipients stated","retention":"as long as the purpose remains; at most 1 year after the account was deregistered; longer where the law requires it","title":"Cookies: remembering choices"},{"basis":"Your consent. If you refuse, no data are processed for this.","data":"cookies","description":"Cookies and similar technology in web and app: analysing users and behaviour to improve the Services","id":"loomer.cookies-analys","recipients":"no recipients stated","retention":"as long as the purpose remains; at most 1 year after the account was deregistered; longer where the law requires it","title":"Cookies and similar technology in web and app: analysing users and behaviour to improve the Services"},{"basis":"Your consent. If you refuse, no data are processed for this.","data":"cookies","description":"Cookies and similar technology in web and app: relevance of information sent","id":"loomer.cookies-relevans","recipients":"no recipients stated","retention":"as long as the purpose remains; at most 1 year after the account was deregistered; longer where the law requires it","title":"Cookies and similar technology in web and app: relevance of information sent"},{"basis":"Your consent. If you refuse, no data are processed for this.","data":"cookies","description":"Third-party cookies when external services are used","id":"loomer.cookies-tredjepart","recipients":"third party","retention":"as long as the purpose remains; at most 1 year after the account was deregistered; longer where the law requires it","title":"Third-party cookies when external services are used"},{"basis":"Your consent. If you refuse, no data are processed for this.","data":"kontaktuppgifter","description":"Forwarding contact details to a company the user chooses to contact","id":"loomer.vidareformedling-kontaktuppgifter","recipients":"“det företag som användaren väljer”","retention":"as long as the purpose remains; at most 1 year after the account was deregistered; longer where the law requires it","title":"Forwarding contact details to a company the user chooses to contact"}],"rights":"You have the right to know which data about you are processed, to have them corrected, erased, restricted or transferred, and to object to the processing. If you are dissatisfied you can complain to the Swedish Authority for Privacy Protection (imy.se). Complaints about cookies go to the Swedish Post and Telecom Authority (pts.se).","title":"Do you consent?","v":1,"variant":"adult","withdraw":"You can withdraw your consent at any time. That does not affect what has already been done."}');


--
-- Data for Name: open_objection; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: outbox; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.outbox VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 'objections.1', 'objections.recount', 1796055791737, '{}', 0, NULL);


--
-- Data for Name: prompt_used; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: pseudonym; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: publication; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.publication VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 0, 'log.opened', '{"at":1796055791708,"data":{"origin":"localhost/logs/jdgs35ykliy45wgl5hvxi2f2dh","vkey":"localhost/logs/jdgs35ykliy45wgl5hvxi2f2dh+be14b778+AdA8HEVpQbBlo/dHfs9LBShrxTpnRy8mCseC+Nv7u+Dd"},"log":"jdgs35ykliy45wgl5hvxi2f2dh","type":"log.opened","v":1}');
INSERT INTO public.publication VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 1, 'register.published', '{"at":1796055791737,"data":{"classes":{},"hash":"sha256:900fa70621d93894512c8f1e2a2e1658d0f14e22f2709a2ee55611d9012a1708","version":1},"log":"jdgs35ykliy45wgl5hvxi2f2dh","type":"register.published","v":1}');
INSERT INTO public.publication VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 2, 'site.added', '{"at":1796055791756,"data":{"origins":["https://www.loomer.example"],"site":"www.loomer.example"},"log":"jdgs35ykliy45wgl5hvxi2f2dh","type":"site.added","v":1}');
INSERT INTO public.publication VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 3, 'notice.published', '{"at":1796055791801,"data":{"classes":{},"hash":"sha256:45e26c2b0dc152c0353ea26d314c845a2c09e14a3a786c16f8b33760d194bee1","site":"www.loomer.example","version":1},"log":"jdgs35ykliy45wgl5hvxi2f2dh","type":"notice.published","v":1}');
INSERT INTO public.publication VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 4, 'key.added', '{"at":1796055791815,"data":{"key_id":"k_771dfcb2e4b0","role":"publishable","site":"www.loomer.example"},"log":"jdgs35ykliy45wgl5hvxi2f2dh","type":"key.added","v":1}');
INSERT INTO public.publication VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 5, 'key.added', '{"at":1796055791833,"data":{"key_id":"k_7a5d6d64c7d7","role":"service"},"log":"jdgs35ykliy45wgl5hvxi2f2dh","type":"key.added","v":1}');
INSERT INTO public.publication VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 6, 'key.added', '{"at":1796055791863,"data":{"key_id":"k_13540e1497dc","role":"editor"},"log":"jdgs35ykliy45wgl5hvxi2f2dh","type":"key.added","v":1}');
INSERT INTO public.publication VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 7, 'key.added', '{"at":1796055791891,"data":{"key_id":"k_e5b01e34699b","role":"publisher"},"log":"jdgs35ykliy45wgl5hvxi2f2dh","type":"key.added","v":1}');
INSERT INTO public.publication VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 8, 'key.added', '{"at":1796055791908,"data":{"key_id":"k_aebcba0fff48","role":"dpo"},"log":"jdgs35ykliy45wgl5hvxi2f2dh","type":"key.added","v":1}');
INSERT INTO public.publication VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 9, 'key.added', '{"at":1796055791926,"data":{"key_id":"k_bcd2d5464f6f","role":"auditor"},"log":"jdgs35ykliy45wgl5hvxi2f2dh","type":"key.added","v":1}');
INSERT INTO public.publication VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 10, 'key.added', '{"at":1796055791942,"data":{"key_id":"k_f06fe72005cb","role":"operator"},"log":"jdgs35ykliy45wgl5hvxi2f2dh","type":"key.added","v":1}');


--
-- Data for Name: published; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.published VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 19, 1796055792177);


--
-- Data for Name: refusal_mark; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: register_head; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.register_head VALUES ('loomer', NULL, 1);


--
-- Data for Name: register_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.register_version VALUES ('loomer', 1, 'sha256:900fa70621d93894512c8f1e2a2e1658d0f14e22f2709a2ee55611d9012a1708', '# samtycke.register/1: one controller''s register of processing activities (GDPR Art. 30) or privacy policy.
#   [purpose.source]    what the controller states: the labels of a table as they stand; the statements of a policy in short.
#   [purpose.analysis]  the machine reading of those words. Never shown to anyone as the controller''s words.
# Retention rules: see docs/registers.md. Durations are ISO 8601 calendar durations, civil dates in Europe/Stockholm.

format = "samtycke.register/1"

[register]
id = "loomer"
controller = "Loomer AB"
source_title_sv = "Personuppgiftspolicy"
source_kind = "privacy_policy"
language = "sv"
purposes = 16
note = "no table: every entry is derived from a policy, version of 2020-12-31"
policy_version = "2020-12-31"

[[purpose]]
id = "loomer.tillhandahalla-tjansterna"
row = 1
derived = true

[purpose.source]
title_sv = "Tillhandahålla tjänsterna"
purpose_sv = "Fullgöra avtalet och tilläggstjänster"
data_categories_sv = ["namn", "adress", "telefonnummer", "e-postadress"]
data_subjects_sv = "Användare"
legal_basis_sv = "Avtal"
retention_sv = ["Så länge ändamålet kräver", "Högst 1 år efter avregistrerat konto", "Längre där lag kräver"]
recipients_sv = []

[purpose.analysis]
title_en = "Performing the Agreement (and add-on services) and providing the Services"
legal_basis = ["contract"]
check_mode = "contract"
consent_kind = "none"
special_category = "no"

[[purpose.analysis.retention]]
text_sv = "Så länge ändamålet kräver"
rule = "while(purpose.active)"
anchor = "purpose.retired"
review_every = "P12M"

[[purpose.analysis.retention]]
text_sv = "Högst 1 år efter avregistrerat konto"
rule = "max(account.deregistered, P1Y)"
anchor = "account.deregistered"
max = "P1Y"
assumption = "an UPPER bound on everything about the user, cut only by the legal exception; \"och/eller\": if both web and app accounts exist, the last deregistration"

[[purpose.analysis.retention]]
text_sv = "Längre där lag kräver"
rule = "hold(legal_requirement)"
hold = true

[[purpose]]
id = "loomer.analysera-utvardera"
row = 2
derived = true

[purpose.source]
title_sv = "Analysera och utvärdera tjänsterna"
purpose_sv = "Utveckla och förbättra tjänsterna"
data_categories_sv = ["namn", "e-postadress", "användningsdata"]
data_subjects_sv = "Användare"
legal_basis_sv = "Berättigat intresse"
retention_sv = ["Så länge ändamålet kräver", "Högst 1 år efter avregistrerat konto", "Längre där lag kräver"]
recipients_sv = []

[purpose.analysis]
title_en = "Analysing and evaluating the Services"
legal_basis = ["legitimate_interest"]
check_mode = "objection"
consent_kind = "none"
special_category = "no"

[[purpose.analysis.retention]]
text_sv = "Så länge ändamålet kräver"
rule = "while(purpose.active)"
anchor = "purpose.retired"
review_every = "P12M"

[[purpose.analysis.retention]]
text_sv = "Högst 1 år efter avregistrerat konto"
rule = "max(account.deregistered, P1Y)"
anchor = "account.deregistered"
max = "P1Y"
assumption = "an UPPER bound on everything about the user, cut only by the legal exception; \"och/eller\": if both web and app accounts exist, the last deregistration"

[[purpose.analysis.retention]]
text_sv = "Längre där lag kräver"
rule = "hold(legal_requirement)"
hold = true

[[purpose]]
id = "loomer.information-om-tjansterna"
row = 3
derived = true

[purpose.source]
title_sv = "Information om tjänsterna"
purpose_sv = "Skicka information om tjänsterna"
data_categories_sv = ["namn", "e-postadress"]
data_subjects_sv = "Användare"
legal_basis_sv = "Berättigat intresse"
retention_sv = ["Så länge ändamålet kräver", "Högst 1 år efter avregistrerat konto", "Längre där lag kräver"]
recipients_sv = []

[purpose.analysis]
title_en = "Sending information about the Services"
legal_basis = ["legitimate_interest"]
check_mode = "objection"
consent_kind = "none"
special_category = "no"
direct_marketing = true
note = "absolute objection; electronic mail: marknadsföringslagen 19 § (soft opt-in conditions)"

[[purpose.analysis.retention]]
text_sv = "Så länge ändamålet kräver"
rule = "while(purpose.active)"
anchor = "purpose.retired"
review_every = "P12M"

[[purpose.analysis.retention]]
text_sv = "Högst 1 år efter avregistrerat konto"
rule = "max(account.deregistered, P1Y)"
anchor = "account.deregistered"
max = "P1Y"
assumption = "an UPPER bound on everything about the user, cut only by the legal exception; \"och/eller\": if both web and app accounts exist, the last deregistration"

[[purpose.analysis.retention]]
text_sv = "Längre där lag kräver"
rule = "hold(legal_requirement)"
hold = true

[[purpose]]
id = "loomer.cookies-nodvandiga"
row = 4
derived = true
parts = ["konto-sakerhet", "val"]

[purpose.source]
title_sv = "Kakor: konto, säkerhet, val"
purpose_sv = "Administrera konton, säkerhet, komma ihåg val"
data_categories_sv = ["cookies"]
data_subjects_sv = "Användare"
legal_basis_sv = ""
retention_sv = ["Så länge ändamålet kräver", "Högst 1 år efter avregistrerat konto", "Längre där lag kräver"]
recipients_sv = []

[purpose.analysis]
title_en = "Cookies: administering user accounts, security, remembering choices"
legal_basis = ["not_stated"]
check_mode = "consent"
consent_kind = "cookie"
special_category = "no"
note = "split: what keeps an account signed in and secure is strictly necessary and not asked; remembering choices is asked"

[[purpose.analysis.retention]]
text_sv = "Så länge ändamålet kräver"
rule = "while(purpose.active)"
anchor = "purpose.retired"
review_every = "P12M"

[[purpose.analysis.retention]]
text_sv = "Högst 1 år efter avregistrerat konto"
rule = "max(account.deregistered, P1Y)"
anchor = "account.deregistered"
max = "P1Y"
assumption = "an UPPER bound on everything about the user, cut only by the legal exception; \"och/eller\": if both web and app accounts exist, the last deregistration"

[[purpose.analysis.retention]]
text_sv = "Längre där lag kräver"
rule = "hold(legal_requirement)"
hold = true

[[purpose]]
id = "loomer.cookies-nodvandiga.konto-sakerhet"
row = 4
derived = true

[purpose.source]
title_sv = "Kakor: konto, säkerhet"
purpose_sv = "Administrera konton med säkerhet"
data_categories_sv = ["cookies"]
data_subjects_sv = "Användare"
legal_basis_sv = ""
retention_sv = ["Så länge ändamålet kräver", "Högst 1 år efter avregistrerat konto", "Längre där lag kräver"]
recipients_sv = []

[purpose.analysis]
title_en = "Cookies: administering user accounts securely"
legal_basis = ["not_stated"]
check_mode = "contract"
consent_kind = "none"
special_category = "no"
terminal_access = true
strictly_necessary = true
assumption = "the policy states no basis for cookies: the account is kept under the agreement, as row 1 is, and log-in and security cookies serve only that (LEK 9 kap. 28 § second paragraph)"

[[purpose.analysis.retention]]
text_sv = "Så länge ändamålet kräver"
rule = "while(purpose.active)"
anchor = "purpose.retired"
review_every = "P12M"

[[purpose.analysis.retention]]
text_sv = "Högst 1 år efter avregistrerat konto"
rule = "max(account.deregistered, P1Y)"
anchor = "account.deregistered"
max = "P1Y"
assumption = "an UPPER bound on everything about the user, cut only by the legal exception; \"och/eller\": if both web and app accounts exist, the last deregistration"

[[purpose.analysis.retention]]
text_sv = "Längre där lag kräver"
rule = "hold(legal_requirement)"
hold = true

[[purpose]]
id = "loomer.cookies-nodvandiga.val"
row = 4
derived = true

[purpose.source]
title_sv = "Kakor: val"
purpose_sv = "Komma ihåg val"
data_categories_sv = ["cookies"]
data_subjects_sv = "Användare"
legal_basis_sv = ""
retention_sv = ["Så länge ändamålet kräver", "Högst 1 år efter avregistrerat konto", "Längre där lag kräver"]
recipients_sv = []

[purpose.analysis]
title_en = "Cookies: remembering choices"
legal_basis = ["not_stated"]
check_mode = "consent"
consent_kind = "cookie"
special_category = "no"

[[purpose.analysis.retention]]
text_sv = "Så länge ändamålet kräver"
rule = "while(purpose.active)"
anchor = "purpose.retired"
review_every = "P12M"

[[purpose.analysis.retention]]
text_sv = "Högst 1 år efter avregistrerat konto"
rule = "max(account.deregistered, P1Y)"
anchor = "account.deregistered"
max = "P1Y"
assumption = "an UPPER bound on everything about the user, cut only by the legal exception; \"och/eller\": if both web and app accounts exist, the last deregistration"

[[purpose.analysis.retention]]
text_sv = "Längre där lag kräver"
rule = "hold(legal_requirement)"
hold = true

[[purpose]]
id = "loomer.cookies-analys"
row = 5
derived = true

[purpose.source]
title_sv = "Kakor: analys"
purpose_sv = "Analysera användning för att förbättra tjänsterna"
data_categories_sv = ["cookies"]
data_subjects_sv = "Användare"
legal_basis_sv = ""
retention_sv = ["Så länge ändamålet kräver", "Högst 1 år efter avregistrerat konto", "Längre där lag kräver"]
recipients_sv = []

[purpose.analysis]
title_en = "Cookies and similar technology in web and app: analysing users and behaviour to improve the Services"
legal_basis = ["not_stated"]
check_mode = "consent"
consent_kind = "cookie"
special_category = "no"
note = "consent gate for web AND app (motsvarande teknik); the policy only offers switching cookies off"

[[purpose.analysis.retention]]
text_sv = "Så länge ändamålet kräver"
rule = "while(purpose.active)"
anchor = "purpose.retired"
review_every = "P12M"

[[purpose.analysis.retention]]
text_sv = "Högst 1 år efter avregistrerat konto"
rule = "max(account.deregistered, P1Y)"
anchor = "account.deregistered"
max = "P1Y"
assumption = "an UPPER bound on everything about the user, cut only by the legal exception; \"och/eller\": if both web and app accounts exist, the last deregistration"

[[purpose.analysis.retention]]
text_sv = "Längre där lag kräver"
rule = "hold(legal_requirement)"
hold = true

[[purpose]]
id = "loomer.cookies-relevans"
row = 5
derived = true

[purpose.source]
title_sv = "Kakor: relevant information"
purpose_sv = "Göra den information som skickas relevant"
data_categories_sv = ["cookies"]
data_subjects_sv = "Användare"
legal_basis_sv = ""
retention_sv = ["Så länge ändamålet kräver", "Högst 1 år efter avregistrerat konto", "Längre där lag kräver"]
recipients_sv = []

[purpose.analysis]
title_en = "Cookies and similar technology in web and app: relevance of information sent"
legal_basis = ["not_stated"]
check_mode = "consent"
consent_kind = "cookie"
special_category = "no"
note = "stated together with the analysis, and another purpose: asked separately"

[[purpose.analysis.retention]]
text_sv = "Så länge ändamålet kräver"
rule = "while(purpose.active)"
anchor = "purpose.retired"
review_every = "P12M"

[[purpose.analysis.retention]]
text_sv = "Högst 1 år efter avregistrerat konto"
rule = "max(account.deregistered, P1Y)"
anchor = "account.deregistered"
max = "P1Y"
assumption = "an UPPER bound on everything about the user, cut only by the legal exception; \"och/eller\": if both web and app accounts exist, the last deregistration"

[[purpose.analysis.retention]]
text_sv = "Längre där lag kräver"
rule = "hold(legal_requirement)"
hold = true

[[purpose]]
id = "loomer.cookies-tredjepart"
row = 6
derived = true

[purpose.source]
title_sv = "Kakor från tredje part"
purpose_sv = "Externa tjänster för vidareutveckling"
data_categories_sv = ["cookies"]
data_subjects_sv = "Användare"
legal_basis_sv = ""
retention_sv = ["Så länge ändamålet kräver", "Högst 1 år efter avregistrerat konto", "Längre där lag kräver"]
recipients_sv = ["tredje part"]

[purpose.analysis]
title_en = "Third-party cookies when external services are used"
legal_basis = ["not_stated"]
check_mode = "consent"
consent_kind = "cookie"
special_category = "no"
third_party_sharing = true
note = "new third party = material change: re-ask"

[[purpose.analysis.retention]]
text_sv = "Så länge ändamålet kräver"
rule = "while(purpose.active)"
anchor = "purpose.retired"
review_every = "P12M"

[[purpose.analysis.retention]]
text_sv = "Högst 1 år efter avregistrerat konto"
rule = "max(account.deregistered, P1Y)"
anchor = "account.deregistered"
max = "P1Y"
assumption = "an UPPER bound on everything about the user, cut only by the legal exception; \"och/eller\": if both web and app accounts exist, the last deregistration"

[[purpose.analysis.retention]]
text_sv = "Längre där lag kräver"
rule = "hold(legal_requirement)"
hold = true

[[purpose]]
id = "loomer.kontakt-feedback"
row = 7
derived = true

[purpose.source]
title_sv = "Kontakt och återkoppling"
purpose_sv = "Förbättra och utveckla tjänsterna"
data_categories_sv = []
data_subjects_sv = "Användare"
legal_basis_sv = ""
retention_sv = ["Så länge ändamålet kräver", "Högst 1 år efter avregistrerat konto", "Längre där lag kräver"]
recipients_sv = []

[purpose.analysis]
title_en = "Contact and feedback: improving and developing the Services"
legal_basis = ["not_stated"]
check_mode = "not_stated"
consent_kind = "none"
special_category = "unknown"

[[purpose.analysis.retention]]
text_sv = "Så länge ändamålet kräver"
rule = "while(purpose.active)"
anchor = "purpose.retired"
review_every = "P12M"

[[purpose.analysis.retention]]
text_sv = "Högst 1 år efter avregistrerat konto"
rule = "max(account.deregistered, P1Y)"
anchor = "account.deregistered"
max = "P1Y"
assumption = "an UPPER bound on everything about the user, cut only by the legal exception; \"och/eller\": if both web and app accounts exist, the last deregistration"

[[purpose.analysis.retention]]
text_sv = "Längre där lag kräver"
rule = "hold(legal_requirement)"
hold = true

[[purpose]]
id = "loomer.anvandningsdata"
row = 8
derived = true

[purpose.source]
title_sv = "Användningsdata"
purpose_sv = "Analys av användning och preferenser; utveckling"
data_categories_sv = ["enhet", "internetanslutning", "användning", "preferenser", "information från tredje part (reklamkunder, mätverktyg)"]
data_subjects_sv = "Användare"
legal_basis_sv = ""
retention_sv = ["Så länge ändamålet kräver", "Högst 1 år efter avregistrerat konto", "Längre där lag kräver"]
recipients_sv = []

[purpose.analysis]
title_en = "Automatic collection: technical information and usage; information from third parties (advertising customers, measuring tools)"
legal_basis = ["not_stated"]
check_mode = "not_stated"
consent_kind = "none"
special_category = "no"
terminal_access = true
note = "terminal access: consent gate; source third parties: Art. 14 notice"

[[purpose.analysis.retention]]
text_sv = "Så länge ändamålet kräver"
rule = "while(purpose.active)"
anchor = "purpose.retired"
review_every = "P12M"

[[purpose.analysis.retention]]
text_sv = "Högst 1 år efter avregistrerat konto"
rule = "max(account.deregistered, P1Y)"
anchor = "account.deregistered"
max = "P1Y"
assumption = "an UPPER bound on everything about the user, cut only by the legal exception; \"och/eller\": if both web and app accounts exist, the last deregistration"

[[purpose.analysis.retention]]
text_sv = "Längre där lag kräver"
rule = "hold(legal_requirement)"
hold = true

[[purpose]]
id = "loomer.anvandarupplevelse"
row = 9
derived = true

[purpose.source]
title_sv = "Användarupplevelse"
purpose_sv = "Användarvänliga tjänster; hjälp vid tekniska problem"
data_categories_sv = []
data_subjects_sv = "Användare"
legal_basis_sv = ""
retention_sv = ["Så länge ändamålet kräver", "Högst 1 år efter avregistrerat konto", "Längre där lag kräver"]
recipients_sv = []

[purpose.analysis]
title_en = "User-friendly services; helping specific users with technical problems"
legal_basis = ["not_stated"]
check_mode = "not_stated"
consent_kind = "none"
special_category = "no"

[[purpose.analysis.retention]]
text_sv = "Så länge ändamålet kräver"
rule = "while(purpose.active)"
anchor = "purpose.retired"
review_every = "P12M"

[[purpose.analysis.retention]]
text_sv = "Högst 1 år efter avregistrerat konto"
rule = "max(account.deregistered, P1Y)"
anchor = "account.deregistered"
max = "P1Y"
assumption = "an UPPER bound on everything about the user, cut only by the legal exception; \"och/eller\": if both web and app accounts exist, the last deregistration"

[[purpose.analysis.retention]]
text_sv = "Längre där lag kräver"
rule = "hold(legal_requirement)"
hold = true

[[purpose]]
id = "loomer.stavja-missbruk"
row = 10
derived = true

[purpose.source]
title_sv = "Stävja missbruk"
purpose_sv = "Upptäcka och stoppa missbruk"
data_categories_sv = ["aktivitet", "tekniska uppgifter"]
data_subjects_sv = "Användare"
legal_basis_sv = ""
retention_sv = ["Så länge ändamålet kräver", "Högst 1 år efter avregistrerat konto", "Längre där lag kräver"]
recipients_sv = []

[purpose.analysis]
title_en = "Detecting and curbing abuse"
legal_basis = ["not_stated"]
check_mode = "not_stated"
consent_kind = "none"
special_category = "no"

[[purpose.analysis.retention]]
text_sv = "Så länge ändamålet kräver"
rule = "while(purpose.active)"
anchor = "purpose.retired"
review_every = "P12M"

[[purpose.analysis.retention]]
text_sv = "Högst 1 år efter avregistrerat konto"
rule = "max(account.deregistered, P1Y)"
anchor = "account.deregistered"
max = "P1Y"
assumption = "an UPPER bound on everything about the user, cut only by the legal exception; \"och/eller\": if both web and app accounts exist, the last deregistration"

[[purpose.analysis.retention]]
text_sv = "Längre där lag kräver"
rule = "hold(legal_requirement)"
hold = true

[[purpose]]
id = "loomer.statistik-utveckling"
row = 11
derived = true

[purpose.source]
title_sv = "Statistik för utveckling"
purpose_sv = "Statistik för förbättring, även genom anlitad tredje part"
data_categories_sv = []
data_subjects_sv = "Användare"
legal_basis_sv = ""
retention_sv = ["Så länge ändamålet kräver", "Högst 1 år efter avregistrerat konto", "Längre där lag kräver", "Raderas när analysen är slutförd"]
recipients_sv = ["anlitad tredje part"]

[purpose.analysis]
title_en = "Statistics for improvement, also by a hired third party"
legal_basis = ["not_stated"]
check_mode = "not_stated"
consent_kind = "none"
special_category = "no"

[[purpose.analysis.retention]]
text_sv = "Så länge ändamålet kräver"
rule = "while(purpose.active)"
anchor = "purpose.retired"
review_every = "P12M"

[[purpose.analysis.retention]]
text_sv = "Högst 1 år efter avregistrerat konto"
rule = "max(account.deregistered, P1Y)"
anchor = "account.deregistered"
max = "P1Y"
assumption = "an UPPER bound on everything about the user, cut only by the legal exception; \"och/eller\": if both web and app accounts exist, the last deregistration"

[[purpose.analysis.retention]]
text_sv = "Längre där lag kräver"
rule = "hold(legal_requirement)"
hold = true

[[purpose.analysis.retention]]
text_sv = "Raderas när analysen är slutförd"
rule = "after(analysis.completed, P0D)"
anchor = "analysis.completed"
duration = "P0D"
applies_to = "recipient"

[[purpose]]
id = "loomer.vidareformedling-kontaktuppgifter"
row = 12
derived = true

[purpose.source]
title_sv = "Vidareförmedling av kontaktuppgifter"
purpose_sv = "Lämna kontaktuppgifter till ett företag som användaren väljer"
data_categories_sv = ["kontaktuppgifter"]
data_subjects_sv = "Användare"
legal_basis_sv = "Separat samtycke"
retention_sv = ["Så länge ändamålet kräver", "Högst 1 år efter avregistrerat konto", "Längre där lag kräver"]
recipients_sv = ["det företag som användaren väljer"]

[purpose.analysis]
title_en = "Forwarding contact details to a company the user chooses to contact"
legal_basis = ["consent"]
check_mode = "consent"
consent_kind = "forward_contact_details"
special_category = "no"
note = "scope = exactly one company per consent (recipient-bound, single use per contact); the company becomes controller (deliver receipt with the forward)"

[[purpose.analysis.retention]]
text_sv = "Så länge ändamålet kräver"
rule = "while(purpose.active)"
anchor = "purpose.retired"
review_every = "P12M"

[[purpose.analysis.retention]]
text_sv = "Högst 1 år efter avregistrerat konto"
rule = "max(account.deregistered, P1Y)"
anchor = "account.deregistered"
max = "P1Y"
assumption = "an UPPER bound on everything about the user, cut only by the legal exception; \"och/eller\": if both web and app accounts exist, the last deregistration"

[[purpose.analysis.retention]]
text_sv = "Längre där lag kräver"
rule = "hold(legal_requirement)"
hold = true

[[purpose]]
id = "loomer.enhetsidentifiering"
row = 13
derived = true

[purpose.source]
title_sv = "Identifiering av enhet"
purpose_sv = "Känna igen enhet vid inloggning"
data_categories_sv = ["enhet vid inloggning", "information om eventuellt missbruk"]
data_subjects_sv = "Användare"
legal_basis_sv = ""
retention_sv = ["Så länge ändamålet kräver", "Högst 1 år efter avregistrerat konto", "Längre där lag kräver"]
recipients_sv = ["externa leverantörer"]

[purpose.analysis]
title_en = "Device recognition at sign-in by external suppliers"
legal_basis = ["not_stated"]
check_mode = "not_stated"
consent_kind = "none"
special_category = "no"
terminal_access = true
note = "Art. 5(3) applies to device identification; the security exemption must be argued per case"

[[purpose.analysis.retention]]
text_sv = "Så länge ändamålet kräver"
rule = "while(purpose.active)"
anchor = "purpose.retired"
review_every = "P12M"

[[purpose.analysis.retention]]
text_sv = "Högst 1 år efter avregistrerat konto"
rule = "max(account.deregistered, P1Y)"
anchor = "account.deregistered"
max = "P1Y"
assumption = "an UPPER bound on everything about the user, cut only by the legal exception; \"och/eller\": if both web and app accounts exist, the last deregistration"

[[purpose.analysis.retention]]
text_sv = "Längre där lag kräver"
rule = "hold(legal_requirement)"
hold = true

[[behaviour]]
id = "information_right"
means_en = "access to own data"

[[behaviour]]
id = "rectification_and_erasure"
means_en = "rectification; erasure in some cases"

[[behaviour]]
id = "portability"
means_en = "portability in some cases"

[[behaviour]]
id = "policy_publication"
means_en = "new policy versions are published"

[[behaviour]]
id = "material_change_notice"
means_en = "users are told of material changes"

[[behaviour]]
id = "policy_version"
means_en = "policy version of 31 December 2020"

[[behaviour]]
id = "separate_consent_before_forwarding"
means_en = "separate consent before contact details are forwarded to a company"

[[behaviour]]
id = "cookie_switch_off"
means_en = "users may switch cookies off on their device"

[[behaviour]]
id = "complaint"
means_en = "complaint to the supervisory authority"
words_sv = ["Datainspektionen"]

[[behaviour]]
id = "processor_agreement"
means_en = "processors work under an agreement"
', 1796055791726);


--
-- Data for Name: sdk_file; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.sdk_file VALUES ('banner.749bae7c84.js', 'text/javascript; charset=utf-8', '\x636f6e737420653d653d3e6073616d7479636b652d636f6e73656e742d312d247b657d602c743d5b606e6563657373617279602c60707265666572656e636573602c6073746174697374696373602c606d61726b6574696e67605d2c6e3d2f5e283f3a725c2e285b312d395d5c647b302c397d295c2e28307c5b312d39612d7a5d5b5c64612d7a5d7b302c357d295c2e285b5c64612d665d7b387d297c675c2e285b312d395d5c647b302c397d295c2e28285b5c772d5d2b295c2e5b5c772d5d7b38367d295c2e285b5c772d5d7b34337d29283f3a5c2e285c642b283f3a2d5c642b292a29293f29242f2c723d322a2a33312c693d38363430303b66756e6374696f6e20612865297b72657475726e2061746f6228652e7265706c616365282f2d2f672c602b60292e7265706c616365282f5f2f672c602f6029297d66756e6374696f6e206f28652c6f297b6c65745b2c732c632c6c2c752c642c662c702c6d3d60605d3d6e2e657865632865293f3f5b5d2c683d2b28733f3f753f3f4e614e293b69662821282128683c3d72297c7c652e6c656e6774683e3430393629297b696628732972657475726e7b76616c75653a652c6e3a682c6b696e643a6072656675736564602c61743a7061727365496e7428632c3336292a692c6e6f74696365383a6c2c707572706f7365733a5b5d7d3b7472797b6c6574206e3d612866292c723d4a534f4e2e7061727365286e292c7b763a692c693a732c6e3a632c7365713a6c2c6961743a752c6578703a677d3d722c5f3d722e702e6d617028285b652c6e2c725d293d3e287b69643a652c63617465676f72793a742e66696e6428653d3e655b305d3d3d3d6e2626723c3136292c676976656e3a212128722631292c6770633a212128722632292c61736b3a212128722634292c676f6f676c653a212128722638297d29292c763d6d3f6d2e73706c697428602d60293a5b5d3b666f72286c65742065206f662076295f5b655d2e676976656e3d21313b72657475726e2069213d3d317c7c73213d3d6f7c7c4a534f4e2e737472696e67696679287229213d3d6e7c7c4f626a6563742e6b6579732872292e6c656e677468213d3d31317c7c215b6c2c752c675d2e6576657279284e756d6265722e697353616665496e7465676572297c7c215f2e657665727928653d3e652e63617465676f7279297c7c6e6577205365742876292e73697a653c762e6c656e6774683f766f696420303a7b76616c75653a652c6e3a682c6b696e643a60676976656e602c61743a752c6e6f74696365383a632c707572706f7365733a5f2c746f6b656e3a7b746578743a642c6361706162696c6974793a702c7365713a6c2c7369676e65643a752c657870697265733a672c77697468647261776e496e64657865733a762e6d6170284e756d626572297d7d7d63617463687b7d7d7d636f6e737420733d653d3e652e707572706f7365732e66696c74657228653d3e652e676976656e292e6c656e6774683b66756e6374696f6e206328652c74297b72657475726e20652e666c61744d617028653d3e6f28652c74293f3f5b5d292e736f72742828652c74293d3e742e6e2d652e6e7c7c732865292d73287429295b305d7d66756e6374696f6e206c28742c6e297b6c657420723d60247b65286e297d3d603b72657475726e20742e73706c697428603b2060292e666c61744d617028653d3e652e737461727473576974682872293f652e736c69636528722e6c656e677468293a5b5d297d66756e6374696f6e20752865297b7472797b6c65747b633a742c733a6e2c713a722c6b3a697d3d4a534f4e2e70617273652865293b72657475726e7b633a742c733a2b6e7c7c302c713a722e66696c74657228287b7965733a652c6e6f3a747d293d3e5b652c745d2e65766572792841727261792e6973417272617929292c6b3a697d7d63617463687b72657475726e7b733a302c713a5b5d7d7d7d66756e6374696f6e2064287b6361706162696c6974793a652c7365713a742c7369676e65643a6e7d2c7b6c6f63616c3a722c6e6f773a697d297b72657475726e20692d6e3c3d383634303026266e2d693c3d33303026262128743c722e732626653d3d3d722e63297d636f6e737420663d287b69643a652c76656e646f72733a747d293d3e743f2e5b305d3f742e6d617028743d3e60247b657d2f247b742e69647d60293a5b655d3b66756e6374696f6e207028652c7b73746f7265643a742c6c6f63616c3a6e2c6770633a722c68656c643a697d2c61297b6c65745b6f5d3d652e73706c697428602f60292c733d743f2e707572706f7365732e66696c74657228287b69643a742c63617465676f72793a6e7d293d3e5b652c6f5d2e696e636c756465732874297c7c6e3d3d3d6f7c7c742e737461727473576974682860247b657d2f6029293b72657475726e2121733f2e5b305d2626732e657665727928287b69643a652c676976656e3a742c6770633a6f2c676f6f676c653a737d293d3e7426262128612626287226266f7c7c6926267329292626216e2e712e736f6d6528287b6e6f3a747d293d3e742e696e636c7564657328652929297d66756e6374696f6e206d28652c74297b6c6574206e3d742e73746f7265643f2e746f6b656e3b72657475726e20653d3d3d606e6563657373617279607c7c21216e2626742e6e6f773c6e2e65787069726573262664286e2c742926267028652c742c2130297d66756e6374696f6e20682865297b6c65747b73746f7265643a742c6c6f63616c3a6e2c6770633a722c64656665727265643a697d3d652c613d743f2e707572706f7365732e666c61744d617028287b69643a657d293d3e5b652e73706c697428602f60295b305d2c655d293b72657475726e7b63686f6963653a6e2e712e736f6d6528653d3e652e7965735b305d293f60676976656e603a743f2e6b696e643f3f28693f606465666572726564603a606e6f6e6560292c70656e64696e673a21216e2e715b305d2c6770633a722c616c6c6f7765643a5b2e2e2e6e6577205365742861295d2e66696c74657228743d3e6d28742c6529297d7d66756e6374696f6e20672865297b6c657420743d6e6577205365743b72657475726e7b73746174653a28293d3e652c736574286e297b6966284a534f4e2e737472696e67696679286e293d3d3d4a534f4e2e737472696e676966792865292972657475726e21313b653d6e3b666f72286c65742065206f665b2e2e2e745d296528293b72657475726e21307d2c737562736372696265286e297b6c657420723d28293d3e7b7472797b6e2865297d63617463682865297b636f6e736f6c652e6572726f722865297d7d3b72657475726e20742e6164642872292c7228292c28293d3e742e64656c6574652872297d7d7d636f6e7374205f3d603a697328696672616d652c696d672c766964656f2c617564696f2c736f757263652c6c696e6b29602c763d6074656d706c6174655b646174612d73616d7479636b652d707572706f73655d602c793d5b762c605b646174612d73616d7479636b652d707572706f73655d247b5f7d602c605b646174612d7372635d5b646174612d6e616d655d247b5f7d602c607363726970745b747970653d22746578742f706c61696e225d3a6973285b646174612d73616d7479636b652d707572706f73655d2c5b646174612d63617465676f72795d2c5b646174612d636f6f6b6965636f6e73656e745d2c5b646174612d6e616d655d29605d2e6a6f696e28293b66756e6374696f6e2062287b7461726765743a652c61646465644e6f6465733a747d297b6c6574206e3d5b2e2e2e745d3b72657475726e2121652e6d6174636865733f2e2879297c7c6e2e736f6d6528653d3e652e6d6174636865733f2e2879297c7c652e717565727953656c6563746f723f2e287929297d66756e6374696f6e207828297b72657475726e5b2e2e2e646f63756d656e742e717565727953656c6563746f72416c6c2876295d2e7265766572736528292e66696c74657228287b636f6e74656e743a652c6368696c644e6f6465733a747d293d3e7b6c6574206e3d5b2e2e2e745d3b72657475726e20652e617070656e64282e2e2e6e292c6e5b305d7d297d636f6e737420533d7b616e616c79746963733a6073746174697374696373602c6164733a606d61726b6574696e67602c6164766572746973696e673a606d61726b6574696e67602c746172676574696e673a606d61726b6574696e67602c66756e6374696f6e616c3a60707265666572656e636573602c66756e6374696f6e616c6974793a60707265666572656e636573607d3b66756e6374696f6e20432865297b6c65747b73616d7479636b65507572706f73653a742c73616d7479636b6556656e646f723a6e2c63617465676f72793a722c636f6f6b6965636f6e73656e743a692c6e616d653a617d3d652c6f3d28743f3f723f3f693f3f613f3f6060292e73706c6974282f5b5c732c5d2b2f292e66696c74657228653d3e65293b72657475726e20743d3d3d766f696420303f6f2e6d617028653d3e4f626a6563742e6861734f776e28532c65293f535b655d3a65293a6e3f6f2e6d617028653d3e60247b657d2f247b6e7d60293a6f7d66756e6374696f6e207728652c74297b72657475726e20652e6c656e6774683e302626652e657665727928653d3e653d3d3d606e6563657373617279607c7c74286529297d66756e6374696f6e2054287b707572706f7365733a652c776f7264733a7b63617465676f726965733a747d7d2c6e297b72657475726e2077286e2c6e3d3e4f626a6563742e6861734f776e28742c6e297c7c652e736f6d6528653d3e6e3d3d3d652e69647c7c662865292e696e636c75646573286e2929297d66756e6374696f6e20452865297b6c657420743d5b5d2c6e2c722c692c613d6e6577204d75746174696f6e4f6273657276657228653d3e652e736f6d6528622926266f2829293b66756e6374696f6e206f28297b742e70757368282e2e2e782829293b6c657420723d5b2e2e2e646f63756d656e742e717565727953656c6563746f72416c6c2879295d2c693d722e736f6d6528287b646174617365743a657d293d3e7728432865292c6e29293b692626696d706f727428222e2f72656c656173652e383438623632613231312e6a7322292e63617463682828293d3e7b7d292c697c7c722e736f6d6528653d3e652e6d6174636865732860696672616d652c5b646174612d73616d7479636b652d707572706f73655d3a6e6f7428736372697074296029293f7328293a725b305d2626652e646f63756d656e7428292e7468656e28653d3e7b652626722e736f6d6528287b646174617365743a747d293d3e215428652c43287429292926267328297d292e63617463682828293d3e7b7d297d66756e6374696f6e207328297b693f3f3d696d706f727428222e2f6b65657065722e316564623832626564372e6a7322292e7468656e28287b6372656174654b65657065723a697d293d3e7b6e26262172262628612e646973636f6e6e65637428292c723d6928652c74292c722e73796e63286e29297d2c653d3e7b693d766f696420302c636f6e736f6c652e7761726e2865297d297d72657475726e7b73796e632865297b6e7c7c612e6f62736572766528646f63756d656e742c7b6368696c644c6973743a21302c737562747265653a21307d292c6e3d652c723f722e73796e632865293a6f28297d2c72616e3a28293d3e723f2e72616e28293f3f5b5d2c73746f7028297b612e646973636f6e6e65637428292c723f2e73746f7028292c6e3d723d693d766f696420307d7d7d636f6e737420443d3165343b66756e6374696f6e204f2865297b7472797b72657475726e206528297d63617463687b7d7d636f6e7374206b3d653d3e636f6e736f6c652e6572726f72286073616d7479636b653a207365652073616d7479636b65207369746520656d626564202d2d636865636b602c65293b66756e6374696f6e20412865297b6c657420743d7b2e2e2e657d2c6e3d6e65772041626f7274436f6e74726f6c6c65722c723d653d3e216e2e7369676e616c2e61626f7274656426266d28652c702e766965772829292c693d2f5e706b5f283f3a746573745f293f285b5c64612d665d7b31327d295f2f2e6578656328742e6b6579293f2e5b315d3f3f60602c613d28742e676f6f676c653f3f213129213d3d21312c6f2c733d21312c642c663d653d3e6f3d216526266f7c7c5f28292c703d7b6f7074696f6e733a742c7365727665723a6e65772055524c2828742e7365727665723f3f6060292e7265706c616365282f5c2f3f242f2c602f60292c6c6f636174696f6e2e68726566292e687265662c736974653a692c6b65793a6073616d7479636b652d313a247b697d602c736b65773a302c7669657728297b6c657420653d4d6174682e666c6f6f7228446174652e6e6f7728292f316533292c743d7528702e6d656d6f72793f3f4f2828293d3e6c6f63616c53746f726167652e6765744974656d28702e6b65792929293b72657475726e7b73746f7265643a63285b2e2e2e6c284f2828293d3e646f63756d656e742e636f6f6b6965293f3f60602c69292c742e6b3f3f60605d2c69292c6c6f63616c3a742c6770633a6e6176696761746f722e676c6f62616c50726976616379436f6e74726f6c3d3d3d21302c636c6f636b3a652c6e6f773a652b702e736b65772c64656665727265643a4f2828293d3e73657373696f6e53746f726167652e6765744974656d28702e6b657929293d3d3d6064602c68656c643a6126262128702e6272696467652626702e6b6e6f776e297d7d2c62616e6e65723a662c6368616e67656428297b6e2e7369676e616c2e61626f727465647c7c28702e6272696467653f2e28292c732626702e676174652e73796e632872292c432e736574286828702e766965772829292926267326267628606368616e67656029297d2c656e6465643a6e2e7369676e616c2c676174653a45287b2e2e2e742c61736b3a28652c74293d3e766f6964206228743f606772616e74603a606f70656e602c65292e6361746368286b292c646f63756d656e743a667d297d3b6173796e632066756e6374696f6e205f28297b6c65747b6b65793a652c76617269616e743a6e2c6c616e67756167653a723d646f63756d656e742e646f63756d656e74456c656d656e742e6c616e677d3d742c693d6e65772055524c286076312f62616e6e65722f247b657d602c702e736572766572293b722626692e736561726368506172616d732e73657428606c616e6775616765602c72292c6e26266e213d3d606164756c74602626692e736561726368506172616d732e736574286076617269616e74602c6e293b7472797b6c657420653d617761697420666574636828692c7b7369676e616c3a41626f72745369676e616c2e74696d656f75743f2e2844297d293b696628652e6f6b2972657475726e20702e6b6e6f776e3d617761697420652e6a736f6e28292c702e6368616e67656428292c702e6b6e6f776e7d63617463687b7d6f3d766f696420307d6c657420763d653d3e646f63756d656e742e64697370617463684576656e74286e657720437573746f6d4576656e74286073616d7479636b653a247b657d602c7b64657461696c3a432e737461746528297d29292c793d653d3e50726f6d6973652e72616365285b652e6361746368286b292c6e65772050726f6d69736528653d3e73657454696d656f757428652c3135303029295d292c623d28652c74293d3e28643f3f3d696d706f727428222e2f7265636f72642e303038646232336230362e6a7322292e7468656e28653d3e652e617474616368287029292c642e7468656e286e3d3e6526266e5b655d2874292c653d3e7b7468726f7720643d766f696420302c657d29292c783d28293d3e766f6964206228292e6361746368286b293b6173796e632066756e6374696f6e205328297b696628646f63756d656e742e68696464656e26266177616974206e65772050726f6d69736528653d3e646f63756d656e742e6164644576656e744c697374656e657228607669736962696c6974796368616e6765602c652c7b6f6e63653a21307d29292c4f2828293d3e6c6f63616c53746f726167652e6765744974656d2860247b702e6b65797d3a676f6e6560292926266177616974207928696d706f727428222e2f636c6561722e666237616335323838342e6a7322292e7468656e28653d3e652e636c6561724d61726b656428702929292c6e2e7369676e616c2e61626f727465642972657475726e3b6c65747b63686f6963653a652c616c6c6f7765643a747d3d432e737461746528293b733d21302c702e6368616e67656428292c6628292c65213d3d607265667573656460262621742e6c656e6774683f7828293a28676c6f62616c546869732e7265717565737449646c6543616c6c6261636b3f3f73657454696d656f75742928782c7b74696d656f75743a3265337d292c6164644576656e744c697374656e657228606f6e6c696e65602c782c7b7369676e616c3a6e2e7369676e616c7d292c617761697420772c762860726561647960297d6c657420433d67286828702e76696577282929292c773d6126267928696d706f727428222e2f676f6f676c652e666131616236653630622e6a7322292e7468656e28653d3e652e62726964676528702c722929293b72657475726e7b736974653a692c616c6c6f7765643a722c73746174653a432e73746174652c7375627363726962653a432e7375627363726962652c6f70656e3a28293d3e6228606f70656e60292c7365744c616e67756167653a653d3e6228607365744c616e6775616765602c65292c77697468647261773a653d3e6228607769746864726177602c65292c72656164793a5328292c73746f7028297b6e2e61626f727428292c702e676174652e73746f7028297d7d7d636f6e7374206a3d696d706f72742e6d6574612e75726c2c4d3d5b2e2e2e646f63756d656e742e736372697074735d2e66696e6428653d3e652e7372633d3d3d6a293f3f646f63756d656e742e717565727953656c6563746f7228607363726970745b646174612d6b65795d60292c4e3d676c6f62616c546869732c503d7b7365727665723a6e65772055524c28602e2e602c6a292e687265662c6e6f6e63653a4d3f2e6e6f6e63652c2e2e2e4e2e73616d7479636b654f7074696f6e732c2e2e2e4f626a6563742e66726f6d456e7472696573286e65772055524c286a292e736561726368506172616d73292c2e2e2e4d3f2e646174617365747d3b4e2e73616d7479636b653f3f3d502e6b65793f412850293a636f6e736f6c652e6572726f72286073616d7479636b653a206e6f20646174612d6b65792c203f6b65793d206f722073616d7479636b654f7074696f6e7360293b6578706f72747b5420617320612c7820617320632c642c7020617320662c6f20617320672c6520617320682c7720617320692c62206173206c2c69206173206d2c4f206173206e2c43206173206f2c6d20617320702c6b20617320722c7920617320732c4420617320742c6620617320757d3b', '\x1b4c1b209c05ce99c53fe6b04f2196a7501bbb89dcea6a8424b3f0afa5e9e99c36e0b79f99d24726885cce6bc15a63c749574a97b8e9cc697db6ffd42f6d4b1f4bdb080706cb208aecc8a29d2fcfcdd6dcf8f047f48c6bca04d828ed5ca6cbd757bee2d9cd09f94add44f6e4d9dacf9435b0d06547121046f07fbab494b21d4205cbf4699aa46c53451f669e67b4bb2f0283b460409855480ea1d239a9e890aadd03ac8e8b9a9ac2d59ddbf4a802e92c75b3e1e7fa57d4eb5f6e0da10c046be2893b26ff490556a25cc2711b8f93b5f4e0fa9b7b8ffb55825ab4449d5520c364f43507c2a89a9372df7f8667288a21dc115f39c49bfe6657d3ed16df4af0d6ffdb805fff9f0f029c73c4a6279c65ddbeee5cdae71b3b9ecec3c57c7ee129deceb284a677ef67bbdd11da7fa7e7d17cddbf5f67a8c4fb85e6b8bfde3d0c5cc6ab2ca2c39ab202711eefa0623b0691cf27f48a39d90de3ccc69155b4aaf661d9bf0cabad1db1d69e82961e8dc1d105f3209cc35f998028ab3aa18a1bf099bbccefcd9b357e6506115497d66b3f89435a543ea34f409b2108224f27f94d25807a854a8794851fe38cfa490ab562c24ee06c89eef4bdee0d4ab784e2a426f97e24b686a2686c26388c0d4703e4df77220c1dc1eea15ee0c73f6ac163a41ef8db5159e149ad77e7ddb103880182674569014f04a8964732fc1c3f47a21c875b0b6b5d6bfef24e00fb984c5106dc1e13c1d7c9c97a724cfd585bcf0847e8e3ab5e41490cb1cdcf4eb726f7187b9c4c66f5509dbaa0ec4c0dbaae61f622ca36bb83b9459885bdfb4f61b35aac2fa1c1a4e5ec085e8ae5c8c2609c42422f31c0b64e79592d52bf9cc7f283cc3f32f8e3aa857cef8fcd687447ab60adf3ce0a47abe5c6417d8bc05e6eb0e1877d01aa8a691eb4ee92c55ae077a117e459133fd5f8e75130e80c69103f2427354219070c1e192a791446edae42e8b07a1023d5a81bab0add553a8fb0d0e85b8617ec1aeca01a228d8253862d59452bf2e681f110d137779ba975299a80d2e093e0acdf1de54fa78be1b4efc14417c1a274589b759da15a8bd0d72b0ebe4a604e152cdfbce8c433ef171916190c770530587add5e29437292f374830699466cf5a136e3f87f69d205df89bfce341dcb484251e9bce2d0a5dbf7db95058b8620cc2308f4eb569252940740b407af5bea249ef551fb67cef37e2f86fe1f586aaac8cb6a4b426e829dd24d45c0fbf5c4d07a202c11f460efcb25da0db4dc5dbc3fd5c369620672e9dde729096bc342120f4d5831c66f810f1558f633bd5e5b466d89629442585a0faf92389ece667817cc1ad0e07470683d531208d364e41ee3ad46080b8594bded1c223d80d357e323a6b6214d2981951cb1d4b2c2657a108d4c87756f8852275a5b1825166777426d4a2d0ff2a01a332269a1346f9147fbea03bf4eabd6803bdb7d5fbebe28d191f3bf513c698120e7d44f9aee113907dd693a436e109d3f7ee5262cd41864617ad89fda4f59e65a8b4eebe183731bae91b7a939442d67f46621ba2dc8aaf07459fc57da63c3b277c50a41b19bcd86be3430d9140ed8630598f59e42a23c71818cad7d1ec1192aa1abab4b3a94cda9123097e223ee59d8d6c3c285351e45cc8422884e8e30c728be310636cb8d667d381da3fc6c5990ac2357d6bda424b612b462cc539796ab28077e4470de34c9011c768aa4d9259194e6e5c747c27919a06e3cce1aa658954745976a255441c908283dce44360eb4720cac4d60060b53856475d5690a5eb0214b9da270d3a12526cf4c2d13fe80d87358e3e7b98ee0b48e3d5d1de4291d7ccec1450fc1c19eae9b2a32bc63d97f318345cf510f646b8cdf4fe9793914bf4f0613952fc7ed373fa4d9f5eb2bade11dffaa99d0cbd9b3cb2261d56216c5eadc4ba034c5455a06e3df9242a829e69662da988000196eb08098c5b646a292c61f8a3718e3cac1294bf54d5ca8e539c3508bc26ffd02d3d45a26c357284484f5099bcdfed8b6b0d7fceb4b924240e3a03b26a0d520097f60946fa18266b6029b8804b94601d8956f1b7a87561d846f56a74081789a68bf7a113131f1dbe8955942a05fdd2c4a589c2ae1149eb08865effe3c94499889370fca782264bf97d1808810e1ff6a5215820d904c9fb9cc6c3299119e3eada87f03c97981a1494126550c6b232c3f5bef65094779bfaf3a861f23c11f2dca3fb5cc1dd46945e9e314bda7acf4378ed18d0cd4373d6ab9847ec960fe543451a1ca0fa438ce075a6adb8c5e988d4b1554ce2b477310e97184545528f17ff812d68ae3e9b4cf4ce489ce75a917a8ac5327100ca250b3eb7527cd5a7c8fbfc84a2ee09dc76a796b687b0e116cd26cee32c6fc5f4c98770516611dfbc0f07e13ecbb1824fa1bef8fa9cd0a489ab0b557f4b574e1452bfac7cd79691cd9b763dcf58f0b399e22c6be9f7f81fbeeed390486c9cbc1a1914e6b0400ab830b2a8361e7f0a02015f1009ff00fecfaf91bb4467fa30cdcf90b02b6204a6a79302c124d197c8237dc30d3d6117204b5c59b4deaf12b074c5f0e5c6e00a121afbface613a2c457536b996f0d94ebf7e1d5851d463896da591b76ffcf4dc04905e13934823c9ea76b3c7a77d8afd26993d9a28df6bd19f11123cba0034ec1cd8f228a6e1d5d67f422d7ea121402679983a26e0d311f9dcb6dff9e1e2e3477a1f3d4f7c58dec207dd918143e6895beee8567bbc9bde2e5dec373697fad80cd153a3436090e56e633e6d0c20f5133e0b28f65b01dcb545df7f22c5906b43cf5602ccd69baa4a06feef94ee8630a6868235e73a9c53bce9fd4b2526b74c9346f319f7223aff3bb506014c3eee3c8ee48468823658663c6864bd7456a009b9e53304dbd31941bd12a40c6d1644195d91ddcb176e9c2167f8ca698d2bbd7c824329d3d82152e52caa74882292ba21b5ea7d6407c26ecddcc640cf78beaaa78db482249e319a559f54e8434e348a9a11f7bbcaf12d6a2fd4739d01a2b8a0cbb1b6c9a0ac6a1f347693d003ebccb1d20b1b36ec44ce22a7f1808c6a8fc9bb11895238eada5ee7821c37611d17a85414cb0b18d93d25a1ab97618856aa6d4e04811709318c930ca7d71f695c539cd5a9bdd62f7093534a2bae0fcabd7d1089ca9684ece5d0ed900fec17469e928d576089ca718e3bc754f05aa07ab78e5ad42c36b7f7b5fdcb4a8f5b46f3da57258e1f701595a32b8212f9e4c4c1b2e4cd3087f465adb1bef583108603f04c5fe95de47442fa0d53aa65ab8058ec6379c5bcc25111c71cff2836506c0acbc163c9f46a654d32529d264fc140e2ae94a08646dcb44f42fb0954366e23c3fa36e586dce392218fadac3fbc70f9bdc22f99873fa3b0b276e6d796109ddc13c3222cf45d56758506bee4e58ce40df046fc354f633a46c98057081906746ad8b4b02e334d9bdfb4742902c5ddeee62e5f08c95b81b15b71f119658ccbc2b05c375d48f3897758eb5047ae557e0031a3243886e035caa6e3decf43ab08712fa38cb0437e2921b5e352efd34cc43982f53f33ef98ef861e489eeaa41a8f043cbd1779a89e2af16362f11681679a8c9bda67d17a5963bcc9ab45ebc9fb196bfe88893eec0760674127a49835bde9a3bc86c22ffc41ddb291f94f6524ac8ce4c014a69a860a2d2357c57f016184639f4206fdc4faa9d5831f9463a29be1c802d672640b05f266eee610554c57c953ee2732f5bb5791170d76cacc247e3d94273f3e2c513abae03ae428fa8aca6ecbaaf0003562f88b244d3bb000de58a54c8dc9b3c8c55a9db9031048c41e488fb5a9ec5d4e3c85fc3be8443bc89385f50d0f749b772b3e3bbaa548b51b4896000ef87b6b92bc14fbab0a2c24ce6232a045b207b864706e38b497c96de3ffd644b20eb608ca6aab8486ef0c29cdff1cef3e73c5230546e860e761ce4bd24b37ce65d98886cb2e34c31a934f2610413dc180a8e093f62172b352c3367024acaac2aaf21e6e062ac6c1f7d0386412e89b60c08a4e32219f8e46a33db0ad38dd898fefb46bf86d6dc853823b98e97ea7d00d6ae9455001e006f47b1f0277d1cc7c182bc59f93f4f7fd81033cc626358d79180269b885f2b737e8ebe31e6bb8120be8415e67333052e7ae25f7f46b1c77b57c2e141e4c698e150faaef3f4b7ab4afbd3b03eb0ea0dfcc41ed1956955156ad78bbbe5555659afe82ab1a6c71c5f9afe2a0f4ae9e96ba840e3de2283fd6b97805d31daa873bb05ed8e779b78b2adee6c476333b3ed79b60513f5e709', 'sha384-yrEbrsPvF5irN+2DME8Pz/wMSEToEEpmwTkfwQ3RBgCyLvlt2a2QIRSCAkJ9ma5i', 1796055791663);
INSERT INTO public.sdk_file VALUES ('clear.d298112a77.js', 'text/javascript; charset=utf-8', '\x696d706f72747b6620617320652c6e20617320747d66726f6d222e2f62616e6e65722e6a73223b636f6e7374206e3d2f5e73616d7479636b652d2f3b6173796e632066756e6374696f6e207228652c743d642829297b6c6574206e3d7b636c65617265643a5b5d2c6c6566743a5b5d7d3b666f72286c65747b6e616d653a722c6b696e643a612c74686972645f70617274793a6f7d6f662065296966286f296e2e6c6566742e70757368287b6e616d653a722c7768793a6074686972645f7061727479607d293b656c736520696628613d3d3d60706978656c607c7c613d3d3d6066696e6765727072696e7460296e2e6c6566742e70757368287b6e616d653a722c7768793a606e6f745f73746f72616765607d293b656c73657b6c657420653d6177616974206928612c722c74292e63617463682828293d3e5b5d293b666f72286c65745b742c725d6f66206529723f6e2e636c65617265642e707573682874293a6e2e6c6566742e70757368287b6e616d653a742c7768793a607374696c6c5f7468657265607d293b652e6c656e6774687c7c6e2e6c6566742e70757368287b6e616d653a722c7768793a606e6f745f7365656e607d297d72657475726e206e7d6173796e632066756e6374696f6e206928652c742c6e297b72657475726e20653d3d3d60636f6f6b6965603f6f28742c6e293a653d3d3d60776f726b6572603f7528742c6e293a6c28742c653d3d3d6073646b602c6e297d66756e6374696f6e206128652c74297b72657475726e206e2e746573742874293f21313a652e656e64735769746828602a60293f742e7374617274735769746828652e736c69636528302c2d3129293a743d3d3d657d66756e6374696f6e206f28652c74297b6c6574206e3d732874292e66696c74657228743d3e6128652c7429293b666f72286c65742065206f66206e29666f72286c6574206e206f66206328742e6c6f636174696f6e2929742e636f6f6b6965732e636f6f6b69653d60247b657d3d3b204d61782d4167653d30247b6e7d603b6c657420723d732874293b72657475726e206e2e6d617028653d3e5b652c21722e696e636c756465732865295d297d66756e6374696f6e2073287b636f6f6b6965733a657d297b6c657420743d652e636f6f6b69652e73706c697428603b2060292e6d617028653d3e652e736c69636528302c4d6174682e6d617828302c652e696e6465784f6628603d60292929293b72657475726e5b2e2e2e6e65772053657428742e66696c74657228653d3e6529295d7d66756e6374696f6e2063287b686f73746e616d653a652c706174686e616d653a742c70726f746f636f6c3a6e7d297b6c657420723d652e73706c697428602e60292c693d2f5e5b5c642e5d2b247c3a2f2e746573742865293f5b5d3a722e6d61702828652c74293d3e603b20446f6d61696e3d247b722e736c6963652874292e6a6f696e28602e60297d60292c613d742e73706c697428602f60292e736c6963652831292c6f3d5b602f605d3b612e666f72456163682828652c74293d3e7b6c6574206e3d602f247b612e736c69636528302c742b31292e6a6f696e28602f60297d603b6f2e70757368286e2c60247b6e7d2f60297d293b6c657420733d6e3d3d3d6068747470733a603f603b20536563757265603a60602c633d733f5b732c60247b737d3b20506172746974696f6e6564605d3a5b60605d3b72657475726e5b60602c2e2e2e695d2e666c61744d617028653d3e5b2e2e2e6e657720536574286f295d2e666c61744d617028743d3e632e6d6170286e3d3e60247b657d3b20506174683d247b747d247b6e7d602929297d6173796e632066756e6374696f6e206c28652c742c6e297b6c657420723d743f6f28652c6e293a5b5d3b666f72286c65742074206f66206e2e73746f726573297b6c6574206e3d41727261792e66726f6d287b6c656e6774683a742e6c656e6774687d2c28652c6e293d3e742e6b6579286e293f3f6060293b666f72286c65742069206f66206e2e66696c74657228743d3e6128652c74292929742e72656d6f76654974656d2869292c722e70757368285b692c21305d297d6e2e6461746162617365732626216e2e6461746162617365732e6c697374262621652e656e64735769746828602a602926266128652c652926266177616974206e2e6461746162617365732e72656d6f76652865293b666f72286c65742074206f66206177616974206e2e6461746162617365733f2e6c6973743f2e28292e63617463682828293d3e5b5d293f3f5b5d297426266128652c74292626722e70757368285b742c6177616974206e2e6461746162617365733f2e72656d6f76652874293f3f21315d293b666f72286c65742074206f66206177616974206e2e6361636865733f2e6b65797328292e63617463682828293d3e5b5d293f3f5b5d296128652c74292626722e70757368285b742c6177616974206e2e6361636865733f2e64656c6574652874292e63617463682828293d3e2131293f3f21315d293b72657475726e20727d6173796e632066756e6374696f6e207528652c74297b6c6574206e3d5b5d3b666f72286c65747b6164647265737365733a722c72656d6f76653a697d6f6620617761697420742e776f726b6572733f2e6c69737428292e63617463682828293d3e5b5d293f3f5b5d297b6c657420743d722e666c61744d617028653d3e5b652c652e7265706c616365282f5e5c772b3a5c2f5c2f5b5e2f5d2a2f2c6060295d292e66696e6428743d3e6128652c7429293b74213d3d766f6964203026266e2e70757368285b742c6177616974206928292e63617463682828293d3e2131295d297d72657475726e206e7d66756e6374696f6e206428297b6c657420653d653d3e7b7472797b72657475726e206528297d63617463687b72657475726e7d7d2c743d5b652828293d3e6c6f63616c53746f72616765292c652828293d3e73657373696f6e53746f72616765295d2e66696c74657228653d3e65213d3d766f69642030292c6e3d652828293d3e646f63756d656e742e636f6f6b6965293d3d3d766f696420303f7b636f6f6b69653a60607d3a646f63756d656e742c723d7b6c6f636174696f6e2c636f6f6b6965733a6e2c73746f7265733a747d2c693d652828293d3e696e64657865644442293b69262628722e6461746162617365733d7b72656d6f76653a653d3e7028692c65297d2c692e646174616261736573262628722e6461746162617365732e6c6973743d6173796e6328293d3e28617761697420692e6461746162617365732829292e6d617028287b6e616d653a657d293d3e652929293b6c657420613d652828293d3e6063616368657360696e20676c6f62616c546869733f6361636865733a766f69642030293b61262628722e6361636865733d61293b6c6574206f3d652828293d3e6e6176696761746f722e73657276696365576f726b6572293b72657475726e206f262628722e776f726b6572733d7b6c6973743a6173796e6328293d3e286177616974206f2e676574526567697374726174696f6e732829292e6d61702866297d292c727d66756e6374696f6e20662865297b6c65747b73636f70653a742c6163746976653a6e2c77616974696e673a722c696e7374616c6c696e673a697d3d653b72657475726e7b6164647265737365733a5b742c2e2e2e5b6e2c722c695d2e666c61744d617028653d3e653f5b652e73637269707455524c5d3a5b5d295d2c6173796e632072656d6f766528297b6c657420743d617761697428617761697420652e707573684d616e616765723f2e676574537562736372697074696f6e28292e63617463682828293d3e6e756c6c29293f2e756e73756273637269626528292e63617463682828293d3e2131293b72657475726e20617761697420652e756e72656769737465722829262674213d3d21317d7d7d66756e6374696f6e207028652c74297b72657475726e206e65772050726f6d697365286e3d3e7b6c657420723d652e64656c65746544617461626173652874293b722e6f6e737563636573733d28293d3e6e282130292c722e6f6e6572726f723d28293d3e6e282131292c722e6f6e626c6f636b65643d28293d3e6e282131297d297d636f6e7374206d3d653d3e60247b652e6b65797d3a676f6e65603b6173796e632066756e6374696f6e20682865297b6c657420743d6d2865292c6e3d6c6f63616c53746f726167652e6765744974656d2874292c723d76286e293b666f72286c65747b69643a742c676976656e3a6e7d6f6620652e7669657728292e73746f7265643f2e707572706f7365733f3f5b5d296e262664656c65746520725b745d3b6966284f626a6563742e76616c7565732872292e696e636c75646573286e756c6c29297b6c657420743d28617761697420652e62616e6e65722829293f2e707572706f7365733b666f72286c6574206520696e207229725b655d3f3f3d5f28652c74293f3f6e756c6c7d696628617761697420792872292c6c6f63616c53746f726167652e6765744974656d287429213d3d6e2972657475726e3b6c657420693d4f626a6563742e656e74726965732872292e66696c74657228285b2c655d293d3e2165293b695b305d3f6c6f63616c53746f726167652e7365744974656d28742c4a534f4e2e737472696e67696679284f626a6563742e66726f6d456e747269657328692929293a6c6f63616c53746f726167652e72656d6f76654974656d2874297d66756e6374696f6e2067286e297b6c657420723d7b7369676e616c3a6e2e656e6465647d2c693d7b7d2c613d6e6577204d61702c6f3d21312c733d21312c633d28293d3e6e2e676174652e72616e28292e736f6d6528743d3e74213d3d606e6563657373617279602626216528742c6e2e76696577282929293b66756e6374696f6e206c28297b6c657420653d6d286e293b742828293d3e6c6f63616c53746f726167652e7365744974656d28652c4a534f4e2e737472696e67696679287b2e2e2e76286c6f63616c53746f726167652e6765744974656d286529292c2e2e2e697d2929297d66756e6374696f6e207528297b6f262663282926266228612926266c6f636174696f6e2e72656c6f616428297d6164644576656e744c697374656e657228607061676568696465602c28293d3e63282926266c28292c72292c646f63756d656e742e6164644576656e744c697374656e657228607669736962696c6974796368616e6765602c28293d3e646f63756d656e742e68696464656e26267528292c72292c6164644576656e744c697374656e657228607061676573686f77602c287b7065727369737465643a657d293d3e7b733d652c73657454696d656f75742828293d3e7b733d21317d2c316533297d2c72292c6164644576656e744c697374656e65722860696e707574602c653d3e612e73657428652e636f6d706f7365645061746828295b305d2c2130292c7b2e2e2e722c636170747572653a21307d293b666f72286c65742065206f665b607375626d6974602c607265736574605d296164644576656e744c697374656e657228652c287b7461726765743a747d293d3e7b666f72286c65742065206f6620742e656c656d656e747329612e73657428652c2131293b653d3d3d60726573657460262673657454696d656f75742875297d2c72293b72657475726e206173796e6328652c742c72293d3e7b6c657420613d653d3e5f28652c6e2e6b6e6f776e3f2e707572706f736573292c633d742e666c61744d617028653d3e612865293f3f5b5d292e6d617028287b6e616d653a657d293d3e65292c643d7b7d3b666f72286c65742074206f66206529645b745d3d612874293f2e66696c74657228287b6e616d653a657d293d3e21632e696e636c75646573286529293f3f6e756c6c3b4f626a6563742e61737369676e28692c64292c6c28292c617761697420792864292c6f3d21302c28727c7c646f63756d656e742e68696464656e7c7c732926267528297d7d66756e6374696f6e205f28652c74297b6c65745b6e2c725d3d652e73706c697428602f60293b72657475726e28743f2e66696e6428653d3e652e69643d3d3d6e293f2e7465726d696e616c293f2e66696c74657228287b76656e646f723a657d293d3e21727c7c21657c7c653d3d3d72297d66756e6374696f6e20762865297b72657475726e20742828293d3e4a534f4e2e7061727365286529293f3f7b7d7d6173796e632066756e6374696f6e20792865297b6c65747b6c6566743a747d3d61776169742072284f626a6563742e76616c7565732865292e666c61744d617028653d3e653f3f5b5d29292c6e3d742e66696c74657228287b7768793a657d293d3e653d3d3d6074686972645f7061727479607c7c653d3d3d607374696c6c5f746865726560292e6d617028287b6e616d653a657d293d3e65293b6e2e6c656e6774682626636f6e736f6c652e696e666f286073616d7479636b653a206f7574206f662061207061676527732072656163683a20247b6e2e6a6f696e28602c2060297d60297d66756e6374696f6e20622865297b72657475726e215b2e2e2e6e657720536574285b2e2e2e652e6b65797328292c2e2e2e646f63756d656e742e717565727953656c6563746f72416c6c2860696e7075742c74657874617265612c73656c65637460295d295d2e736f6d6528743d3e7b6c6574206e3d652e6765742874293b72657475726e21742e6973436f6e6e65637465647c7c6e3d3d3d21313f21313a6e3f28742e76616c75653f3f742e74657874436f6e74656e7429213d3d60603a782874297d297d66756e6374696f6e20782865297b696628652e6f7074696f6e73297b6c657420743d5b2e2e2e652e6f7074696f6e735d2c6e3d742e736f6d6528653d3e652e64656661756c7453656c6563746564292c723d652e6d756c7469706c653f766f696420303a742e66696e6428653d3e21652e64697361626c6564293b72657475726e20742e736f6d6528653d3e652e73656c6563746564213d3d286e3f652e64656661756c7453656c65637465643a653d3d3d7229297d72657475726e2f5e28636865636b626f787c726164696f29242f2e7465737428652e74797065293f652e636865636b6564213d3d652e64656661756c74436865636b65643a212f5e2868696464656e7c7375626d69747c627574746f6e7c72657365747c696d61676529242f2e7465737428652e74797065292626652e76616c7565213d3d652e64656661756c7456616c75657d6578706f72747b6820617320636c6561724d61726b65642c6720617320636c65617257697468647261776e7d3b', '\x1bdf14008cd2ccf4e354b56d4309f966e6ebe92a65e1e0e523947d050762badd9a635795fe74bf98ec7446525612beafbaa635d9e22bd465be3e9a225ff203a2c83cf953da952e4d5826688b4cca94ddefde9ec6b72783c863e9de2c07ff3f08a75780b822ea32a90cd806bad6e9a263b4ba2e1011467ca410e2f1ad1fd23e80edd5a7d1308ffc70c1aadfec8fc21e98af38984e97fdfaf1f8fef0be3c9f02aaba4d4cef04a6ae14d07665056e1c1d5056897396f1b4716ea1bf6db42b47633d11e7b1492571e7f95e34cb49b6dbab0178fb8a32aa5f590c955cedcdf39bef224f7bb22140390fa0a4aa59c1d3dcfb043a381294dd55669259bd1df703b5093b9240afbee204a5c4cec459e0717813745ee6e8d0ee85ec89f16c8bd5f75cdc3e8190869b89c3cbf7eab59e9cd13df4ceea5029f5c533c5be9dd950346acce60f152421ac613cc71bcd66994e8763b1a6f973cfee165fced8d7f7990d46b531b94fda20e238228e6781d746384bea0e946719f1f00a27a632ce0791558df8fd0c0855b5506ecc525d7af67bedd57392a873abae8c87060c4fb16152a34db5446f101970785ca5bf17d3fca4c134542fd3e5f94fab77e7346e960309f626fb429fe6dd5f3f11745ec0f576667c3c0c2439940bdd1b3102e3bc4c2d0d522c5095506550b404005ba12ccde9f9f6ef45d8b1ce61a2190023f32f83c1c0cad7e10f24cac2c14b05486f4e0bc0814ae1831181344a5a7c24c69ee392af5ff002569d2ecb6cf5f3bb275d8663e86062998bb38c129fd439875d7a65faa4791712c20310d23adc3238e941dd9968c17dc6e0accbc4fd5348bebf6ddb40948469906b797ad29258867977a6dd3885212b7c622c4305d319c39514ad6a993ba1989312733899d4d36591ccadee7129ab25c5c2a1a4a3833dbdac3949949c043c24995f134dde65e997439493fa4d19b31df2835c52d3598d80f8817ca34f1aededb100acae7927c5ef1f51bd6b068973256ea2f66e592a3e6ed714ceaf117d37ff488803813199ffd0f9f0dbf29d0c31e66c134d5a6034118e781fceabbe4905bb6ce789caf529c1aaf71f2fefce8d5394f733a5c9f56cda778eb8c2df0885f65ad4d86308e868fd8539d27f5cf40d800ec4f8873e5a69a064f70e6432d420004fe9f16a52b3e8a34b2f106f143f15bfe457175efe16e26b3c9e5b26d4b8ac2bc1254738b346beafc55f469c7b31226a4c87f4284c522a7e22b0b97453df87c08820f6befcf7f54e66d3cfe996c5949e4d2c19094e6fa9ebd33847d524ea7523e7aa046ea7d4e38b938371fb1976f47226b4e8dcb87df73129052341130f3463ea0282188ad01e2086e06f8a72e4f32509f25c4e27c1a6abd40b6362e8625e04e5aa4836f99e62d7e6183c7e31626c7b15a1b192462c5e4d597ffd19419d2357b86e6dff26d0f9132903c66a3bdb22675509a0ac49aaf62a2105af40be3c8501d905c27989219d55d0e4b775f799b0a56f1d6778229420a4d6c55da857222dd98af828aae3bfb4cbd55aceeb93ca756abbac30fe56f6ab726c43dce5ff0b3d0cecea90f684476e61b21172b05916e384a22cce89174cc8d4b430635b851f09ccef88c6cee85c2971813fbcb459fef8fd3d499c23b1d1111248cb40dea9070cc5a6fdc354b13bb92dc9e7b51c729c2380e88f351cae6b055276927e7cac11f53805e70ceaa5f16c2695cb1ca2a4a87c3d11f4e04aa457268091dbe0c730a4ec738dc759d94ba83e013725df727af3991278ebd9182c38377b2d2e0bf0cf3749de2e9b4374672d85977c241859ce42416ae8381a58d32f6440b2ddba0af9648db185e770cec2e8e0d1e2351ea719442d539d2b959ee40b53d05794be88eb30c94d8e304b8c0631e60ea6483d1ea200ea763038bdd6c1b12d4831eabde813c448ab6c6f5f51f9902b39b87f9551b5a22881ced4530e296d8747c2a45d4d7c435209a7bcadcb2845b2ad45f19ed58b04337bfbea3bbd8067f77ea3fbb602100ab6a3be9881e6e08a0209ddd2e554cca794005ebbda9393ead7341fe9c059c733973f74ab13caef95ff2ebf560a67324d429d95b52fa79e2afb7888f7690c1f06421823115e7d1c7ea63114777aabf8eefb60303891cc5300d1d7c306f4f42f8e145a76ee818273ff538273951091a83f96826d6b5649420b29b39f993d2470e4070aec602f51b0a295ec8be457dcb92b89fcdb38f799d859340cd9f2da8bee073cae57207fb3152d9c63eb66facf18cfc6e3328511c5ac7cbfccd0f92ad59870048420d264da3b07c53000828d9c2f53a8c7d427cb87c245ea006966a9f33c3e27b437096eee97fd1393e97c4215d3970a3c70a318fb32a82ad99b9deb211f3b25a151b88f2a98ec51be4a280436c976cc872cfb7d0bdcea01f2e64a08708a9ce33bb8d3f68cf0e605d68549af4444fbccad78cbf890b7112278c114e561e1ef47ca1d5865244a38dd8f651d4fdc78ef2a31d1fb0eb5b031be7909e97e83ddac250f22c118628cbc1ccc53bcaeaa5a118ffa528e7f2c917adbf3aab7dec7d27b51d5cd50464e049f22140c4d0fcb76a2abb76dcf50b4f7ea9bb1e06268dae3cb390a3bb04784cbcb1b60d3834b2838208bc05abede22b8cd972f0ac7320a96cc44ce95fee04cefe995129227fb2ce2a7e1a82af2bed5dc8a544f9a65873e578fb65cb6f8bf64cce1e07f8dc81f31c71d542c018afa60e5b6fdb4dbd9602fd7e734d7ed206af61270ba492b2299552aa88d87d77d378ce3bd578d03a00c52b648e21d8ff1f0e4a96aa780c049960bccdbcfead2934c5f11cea613e904c53bcde03428c8172a1595ebe46efeaa60d772d4a3748c1307855a188fe54840b9969b23e9155adf3caa92c526b4a8a4cc0586a70b95a8b9571a633ca924c031a79a402c7e2124eabee85f2657a49e2e645f02ba742f6f72071bee05ccba548d7345b0b937ac28a756be952d1bd7586f13874b3bb2f26a22e4b058e8f52d00', 'sha384-7JtcDpRQ9kq1Z88h3aZgdV9QALFEU++QwWihqXwSa9+eB39mw1gjc2IQr2fpTZ+1', 1796055791663);
INSERT INTO public.sdk_file VALUES ('clear.fb7ac52884.js', 'text/javascript; charset=utf-8', '\x696d706f72747b6620617320652c6e20617320747d66726f6d222e2f62616e6e65722e373439626165376338342e6a73223b636f6e7374206e3d2f5e73616d7479636b652d2f3b6173796e632066756e6374696f6e207228652c743d642829297b6c6574206e3d7b636c65617265643a5b5d2c6c6566743a5b5d7d3b666f72286c65747b6e616d653a722c6b696e643a612c74686972645f70617274793a6f7d6f662065296966286f296e2e6c6566742e70757368287b6e616d653a722c7768793a6074686972645f7061727479607d293b656c736520696628613d3d3d60706978656c607c7c613d3d3d6066696e6765727072696e7460296e2e6c6566742e70757368287b6e616d653a722c7768793a606e6f745f73746f72616765607d293b656c73657b6c657420653d6177616974206928612c722c74292e63617463682828293d3e5b5d293b666f72286c65745b742c725d6f66206529723f6e2e636c65617265642e707573682874293a6e2e6c6566742e70757368287b6e616d653a742c7768793a607374696c6c5f7468657265607d293b652e6c656e6774687c7c6e2e6c6566742e70757368287b6e616d653a722c7768793a606e6f745f7365656e607d297d72657475726e206e7d6173796e632066756e6374696f6e206928652c742c6e297b72657475726e20653d3d3d60636f6f6b6965603f6f28742c6e293a653d3d3d60776f726b6572603f7528742c6e293a6c28742c653d3d3d6073646b602c6e297d66756e6374696f6e206128652c74297b72657475726e206e2e746573742874293f21313a652e656e64735769746828602a60293f742e7374617274735769746828652e736c69636528302c2d3129293a743d3d3d657d66756e6374696f6e206f28652c74297b6c6574206e3d732874292e66696c74657228743d3e6128652c7429293b666f72286c65742065206f66206e29666f72286c6574206e206f66206328742e6c6f636174696f6e2929742e636f6f6b6965732e636f6f6b69653d60247b657d3d3b204d61782d4167653d30247b6e7d603b6c657420723d732874293b72657475726e206e2e6d617028653d3e5b652c21722e696e636c756465732865295d297d66756e6374696f6e2073287b636f6f6b6965733a657d297b6c657420743d652e636f6f6b69652e73706c697428603b2060292e6d617028653d3e652e736c69636528302c4d6174682e6d617828302c652e696e6465784f6628603d60292929293b72657475726e5b2e2e2e6e65772053657428742e66696c74657228653d3e6529295d7d66756e6374696f6e2063287b686f73746e616d653a652c706174686e616d653a742c70726f746f636f6c3a6e7d297b6c657420723d652e73706c697428602e60292c693d2f5e5b5c642e5d2b247c3a2f2e746573742865293f5b5d3a722e6d61702828652c74293d3e603b20446f6d61696e3d247b722e736c6963652874292e6a6f696e28602e60297d60292c613d742e73706c697428602f60292e736c6963652831292c6f3d5b602f605d3b612e666f72456163682828652c74293d3e7b6c6574206e3d602f247b612e736c69636528302c742b31292e6a6f696e28602f60297d603b6f2e70757368286e2c60247b6e7d2f60297d293b6c657420733d6e3d3d3d6068747470733a603f603b20536563757265603a60602c633d733f5b732c60247b737d3b20506172746974696f6e6564605d3a5b60605d3b72657475726e5b60602c2e2e2e695d2e666c61744d617028653d3e5b2e2e2e6e657720536574286f295d2e666c61744d617028743d3e632e6d6170286e3d3e60247b657d3b20506174683d247b747d247b6e7d602929297d6173796e632066756e6374696f6e206c28652c742c6e297b6c657420723d743f6f28652c6e293a5b5d3b666f72286c65742074206f66206e2e73746f726573297b6c6574206e3d41727261792e66726f6d287b6c656e6774683a742e6c656e6774687d2c28652c6e293d3e742e6b6579286e293f3f6060293b666f72286c65742069206f66206e2e66696c74657228743d3e6128652c74292929742e72656d6f76654974656d2869292c722e70757368285b692c21305d297d6e2e6461746162617365732626216e2e6461746162617365732e6c697374262621652e656e64735769746828602a602926266128652c652926266177616974206e2e6461746162617365732e72656d6f76652865293b666f72286c65742074206f66206177616974206e2e6461746162617365733f2e6c6973743f2e28292e63617463682828293d3e5b5d293f3f5b5d297426266128652c74292626722e70757368285b742c6177616974206e2e6461746162617365733f2e72656d6f76652874293f3f21315d293b666f72286c65742074206f66206177616974206e2e6361636865733f2e6b65797328292e63617463682828293d3e5b5d293f3f5b5d296128652c74292626722e70757368285b742c6177616974206e2e6361636865733f2e64656c6574652874292e63617463682828293d3e2131293f3f21315d293b72657475726e20727d6173796e632066756e6374696f6e207528652c74297b6c6574206e3d5b5d3b666f72286c65747b6164647265737365733a722c72656d6f76653a697d6f6620617761697420742e776f726b6572733f2e6c69737428292e63617463682828293d3e5b5d293f3f5b5d297b6c657420743d722e666c61744d617028653d3e5b652c652e7265706c616365282f5e5c772b3a5c2f5c2f5b5e2f5d2a2f2c6060295d292e66696e6428743d3e6128652c7429293b74213d3d766f6964203026266e2e70757368285b742c6177616974206928292e63617463682828293d3e2131295d297d72657475726e206e7d66756e6374696f6e206428297b6c657420653d653d3e7b7472797b72657475726e206528297d63617463687b72657475726e7d7d2c743d5b652828293d3e6c6f63616c53746f72616765292c652828293d3e73657373696f6e53746f72616765295d2e66696c74657228653d3e65213d3d766f69642030292c6e3d652828293d3e646f63756d656e742e636f6f6b6965293d3d3d766f696420303f7b636f6f6b69653a60607d3a646f63756d656e742c723d7b6c6f636174696f6e2c636f6f6b6965733a6e2c73746f7265733a747d2c693d652828293d3e696e64657865644442293b69262628722e6461746162617365733d7b72656d6f76653a653d3e7028692c65297d2c692e646174616261736573262628722e6461746162617365732e6c6973743d6173796e6328293d3e28617761697420692e6461746162617365732829292e6d617028287b6e616d653a657d293d3e652929293b6c657420613d652828293d3e6063616368657360696e20676c6f62616c546869733f6361636865733a766f69642030293b61262628722e6361636865733d61293b6c6574206f3d652828293d3e6e6176696761746f722e73657276696365576f726b6572293b72657475726e206f262628722e776f726b6572733d7b6c6973743a6173796e6328293d3e286177616974206f2e676574526567697374726174696f6e732829292e6d61702866297d292c727d66756e6374696f6e20662865297b6c65747b73636f70653a742c6163746976653a6e2c77616974696e673a722c696e7374616c6c696e673a697d3d653b72657475726e7b6164647265737365733a5b742c2e2e2e5b6e2c722c695d2e666c61744d617028653d3e653f5b652e73637269707455524c5d3a5b5d295d2c6173796e632072656d6f766528297b6c657420743d617761697428617761697420652e707573684d616e616765723f2e676574537562736372697074696f6e28292e63617463682828293d3e6e756c6c29293f2e756e73756273637269626528292e63617463682828293d3e2131293b72657475726e20617761697420652e756e72656769737465722829262674213d3d21317d7d7d66756e6374696f6e207028652c74297b72657475726e206e65772050726f6d697365286e3d3e7b6c657420723d652e64656c65746544617461626173652874293b722e6f6e737563636573733d28293d3e6e282130292c722e6f6e6572726f723d28293d3e6e282131292c722e6f6e626c6f636b65643d28293d3e6e282131297d297d636f6e7374206d3d653d3e60247b652e6b65797d3a676f6e65603b6173796e632066756e6374696f6e20682865297b6c657420743d6d2865292c6e3d6c6f63616c53746f726167652e6765744974656d2874292c723d76286e293b666f72286c65747b69643a742c676976656e3a6e7d6f6620652e7669657728292e73746f7265643f2e707572706f7365733f3f5b5d296e262664656c65746520725b745d3b6966284f626a6563742e76616c7565732872292e696e636c75646573286e756c6c29297b6c657420743d28617761697420652e62616e6e65722829293f2e707572706f7365733b666f72286c6574206520696e207229725b655d3f3f3d5f28652c74293f3f6e756c6c7d696628617761697420792872292c6c6f63616c53746f726167652e6765744974656d287429213d3d6e2972657475726e3b6c657420693d4f626a6563742e656e74726965732872292e66696c74657228285b2c655d293d3e2165293b695b305d3f6c6f63616c53746f726167652e7365744974656d28742c4a534f4e2e737472696e67696679284f626a6563742e66726f6d456e747269657328692929293a6c6f63616c53746f726167652e72656d6f76654974656d2874297d66756e6374696f6e2067286e297b6c657420723d7b7369676e616c3a6e2e656e6465647d2c693d7b7d2c613d6e6577204d61702c6f3d21312c733d21312c633d28293d3e6e2e676174652e72616e28292e736f6d6528743d3e74213d3d606e6563657373617279602626216528742c6e2e76696577282929293b66756e6374696f6e206c28297b6c657420653d6d286e293b742828293d3e6c6f63616c53746f726167652e7365744974656d28652c4a534f4e2e737472696e67696679287b2e2e2e76286c6f63616c53746f726167652e6765744974656d286529292c2e2e2e697d2929297d66756e6374696f6e207528297b6f262663282926266228612926266c6f636174696f6e2e72656c6f616428297d6164644576656e744c697374656e657228607061676568696465602c28293d3e63282926266c28292c72292c646f63756d656e742e6164644576656e744c697374656e657228607669736962696c6974796368616e6765602c28293d3e646f63756d656e742e68696464656e26267528292c72292c6164644576656e744c697374656e657228607061676573686f77602c287b7065727369737465643a657d293d3e7b733d652c73657454696d656f75742828293d3e7b733d21317d2c316533297d2c72292c6164644576656e744c697374656e65722860696e707574602c653d3e612e73657428652e636f6d706f7365645061746828295b305d2c2130292c7b2e2e2e722c636170747572653a21307d293b666f72286c65742065206f665b607375626d6974602c607265736574605d296164644576656e744c697374656e657228652c287b7461726765743a747d293d3e7b666f72286c65742065206f6620742e656c656d656e747329612e73657428652c2131293b653d3d3d60726573657460262673657454696d656f75742875297d2c72293b72657475726e206173796e6328652c742c72293d3e7b6c657420613d653d3e5f28652c6e2e6b6e6f776e3f2e707572706f736573292c633d742e666c61744d617028653d3e612865293f3f5b5d292e6d617028287b6e616d653a657d293d3e65292c643d7b7d3b666f72286c65742074206f66206529645b745d3d612874293f2e66696c74657228287b6e616d653a657d293d3e21632e696e636c75646573286529293f3f6e756c6c3b4f626a6563742e61737369676e28692c64292c6c28292c617761697420792864292c6f3d21302c28727c7c646f63756d656e742e68696464656e7c7c732926267528297d7d66756e6374696f6e205f28652c74297b6c65745b6e2c725d3d652e73706c697428602f60293b72657475726e28743f2e66696e6428653d3e652e69643d3d3d6e293f2e7465726d696e616c293f2e66696c74657228287b76656e646f723a657d293d3e21727c7c21657c7c653d3d3d72297d66756e6374696f6e20762865297b72657475726e20742828293d3e4a534f4e2e7061727365286529293f3f7b7d7d6173796e632066756e6374696f6e20792865297b6c65747b6c6566743a747d3d61776169742072284f626a6563742e76616c7565732865292e666c61744d617028653d3e653f3f5b5d29292c6e3d742e66696c74657228287b7768793a657d293d3e653d3d3d6074686972645f7061727479607c7c653d3d3d607374696c6c5f746865726560292e6d617028287b6e616d653a657d293d3e65293b6e2e6c656e6774682626636f6e736f6c652e696e666f286073616d7479636b653a206f7574206f662061207061676527732072656163683a20247b6e2e6a6f696e28602c2060297d60297d66756e6374696f6e20622865297b72657475726e215b2e2e2e6e657720536574285b2e2e2e652e6b65797328292c2e2e2e646f63756d656e742e717565727953656c6563746f72416c6c2860696e7075742c74657874617265612c73656c65637460295d295d2e736f6d6528743d3e7b6c6574206e3d652e6765742874293b72657475726e21742e6973436f6e6e65637465647c7c6e3d3d3d21313f21313a6e3f28742e76616c75653f3f742e74657874436f6e74656e7429213d3d60603a782874297d297d66756e6374696f6e20782865297b696628652e6f7074696f6e73297b6c657420743d5b2e2e2e652e6f7074696f6e735d2c6e3d742e736f6d6528653d3e652e64656661756c7453656c6563746564292c723d652e6d756c7469706c653f766f696420303a742e66696e6428653d3e21652e64697361626c6564293b72657475726e20742e736f6d6528653d3e652e73656c6563746564213d3d286e3f652e64656661756c7453656c65637465643a653d3d3d7229297d72657475726e2f5e28636865636b626f787c726164696f29242f2e7465737428652e74797065293f652e636865636b6564213d3d652e64656661756c74436865636b65643a212f5e2868696464656e7c7375626d69747c627574746f6e7c72657365747c696d61676529242f2e7465737428652e74797065292626652e76616c7565213d3d652e64656661756c7456616c75657d6578706f72747b6820617320636c6561724d61726b65642c6720617320636c65617257697468647261776e7d3b', '\x1bea14008cd2ccf4e35455621b4ac8ef4d4d4f57d2056fbe770c4a4e1fbc11526ff1319581168a88dd4ef991dc0a8e99aa4eabb489697d59d247ba80915e325c401ff876cf952e4d584128cb4cca94ddefde9ec6da9341e4b17432209e5e01e2ea3f805d26154397ae71bad890669dffb62fb6420881412a2a8438bdf64d9a1bb0ed3c1a0dfdc6772b36fad7af7fd8fd6df9eef8f6b59fcf6f427b1ae7a531edf6f3e17e7939de968f5d0058bbb5573b81a90305d465d9802b7323ca2071cce27e651c5be84f132dcb527b118bf3302592580e7c2ea54f49b6d345035c5f50c6e83716a326372bdd5dbd887cf56643809e8ea0a4aa59d793bcae33e89249508cc79949b68da7e57ccc56614762e8c16dcc504aec4cdc1b1ee39ba0bb7e8c0ef5f4644f8cb74d71f43d17afd720a4e1f5c491e6734d5b4e7ee902d695d5ba52c6c9351d3f9bd950acd588cd353a9084308ce61c4fb498653e5da4c592f50f15cb579c16ccc36d6683515d9bec2f6568318d88ed56e01513ee9dba91f221232e5ef7c45cc65d22b2a83bbede0242552d94d766a92ebd33115e535b89ba6bd596715d83e62b32cc5a6bed2dd1db461bb07888a57f7f48f3bb0ad3507d4efb8f3f0ddfad4db3590e24d89bac0a7d7ae7eaf085a0bb1e5c4ff7cbc7e54092435ae8d4881618e729b534486141bf842a83a221003836656149c933dd314eb7334e340360e4ddfd8df763796a7e41a22c2cdc5680b4b75ac010540a0f0c0ea451d2f84331f62c977cfd81cf60d56edf8f063f3e7bb7caed185a68e9c7e22ca3c45b7597c389bedaf45df52ec484c722a45561bbfaa40b75aba3153f790fceda4b975348be3f4d4746948469900772f7ae26b1d4f36c4b7b6d1784acf0b1b10c15cc670c575c7454cbcc6dc66c9598c32da67e5516c9dcea1cfbb2595c2c5c603afadaf965c849a2e424e03ac9bc8baf93f75eeee70137a57e5ac6628b7c944b62ba5323203e9257faaed2f657056075eb9752fcde12d57bc02071acc4eba8bc87968a8f773b21606f4027f30f8538e01b93f90fdd2d7e515ec81063ce36b14e738c26c412fac3ddd6d7aa6097ed3ba272bd49b0d1bb92db67e7da398e773985d9c56cda738eb8837f23149a5b51635721a0a3c557e648ff6ad11380d6c4f80fb5b4b28692dd7390c95083003c85cfe349cda2bb2e4c107ae47fe54fd9cd85c33f83b88bda6dcb841a47752538620367c6c857d5504c8b732f1a448de9801e85494af95f0436474eea7b1918c1c4e0fd7f4f6732eafe7c553fe9d2878e2523c1e919e3f0d5cc56359fbadb9d73a304cea6d4e3c39383b1fb1974342d8416dd554e2f3e26a1602468e64833a6f6208851099d176200fe4d018ffc7644823c9bd356b0e926c5229a08ba9a1b41b95f249bfc6e67d7ea185c9eb418db5e9fd0584923162fa60cbffe8ca0ce912bdc76adff26d0dd1752068cd576f645ceaa1240599154cd4d020a5e817c790203b20b847313432aaba0ced7e34935e1f8df2a2e7045287e48ad8bb7400f44366423f8a3008fffd22e5b6b396f4f2ab755eb5185f1b2ec87b21c59dce6ff093d0cecea90f4844fae11b31672dc998a716e918a730e0633dad4b430635a851709ccf7e88d9dd1b9afc41efea2d3def0c7cfef49e218898d8e90405a06f24e3d6028369d35a613bb9339be7c56cb21dd990044ff3046c645ad40ca4ed28f366370dd4cc13983baaddd9a49e528eb28292c4fb7871e5c89f4ca0430f2c8fc1886a43e8fa1392b7b31d51be0a63c5cce5fbfa55cdef8a60d169ceb95169705f8e799e47147cd21ba3593c28bef094696b150901a3a8e351cd0473220598f0e42be85636ce139dcc9302a78b46888576f06514b8fce554d6779cf14f4823219f1742639cd116689d120c6ecc11459c8651440dd0c065fad63e3987aa418f55cf43162a495daf5059507399083fbd7d7aa8ea84fa033759543cae0e19330a9bb8957482a619572edef5224bbb1387cbef522d76cbbbe78a1093cbbfb1bdd720520144c477d3803cdda8102095533e744cc6797005eddf59f93ead72bded39ab3b65b2eff50ad4ec095fa89bd1ff41d124ef000a0ac55390b75b28f87789fc6f07220843112e19dfbe1671a437ea7f78ae73edd78ff48324f00445fa506c03ce67743cdce1d2938f73f253857141139fb5529d811681dc96d217bf632b3870426de5160077b899c0d8dbc5fe4c1e2cdde48a4e2dab90762fbd13024ce4b0f3b5d06b91a80bcb4162d9c6eab66fecb68b7c6f7e511461413f46199a1bb835423c27511824893e99c1d1c8601106c38f1c30b75957a63f950d04b4920c92c259fabe784f65ac1cde9618062329d4da822faaa810b6e1cc6be36a82ad9d39deb216f3a25a151b88f7e30d9a37c27a110d824db952032ecb70cdcea02f2fa400870f29ce33db8d3fa1fe10d06869e49b7b448f699dd9fd11ef33642043798a2bc58fc61a4dc815546a284d5bd58d676c38dafab4ab4aceb0cb530317efd14d2fd3576ba963c8804a38931f2b2f08ee27550d511f15a3065f8c76aa93b7d5bf4b4ae6d59d7a2aa93a1346c093e4528189a1e56f04457cf5aff43d1ca836fc6828ba6698f8fe6286cc11c112e5309d874e152efae5e26602d5b6f11dc66cb17b96319064b6642e7aa8070fff7544a09c9953319f15273ad15793e966e9f54efaa65871e579fa65cf6f83ba2cde1e0ffaa44fe8839f6a0623550940afb4ed34fcba50d56f25d75c8653944cd55093829944724334a0503ede2753e3963f3ba8e1a07401924b548e26d8e71f1e4a980e70081e32c7b9837bfedde13daf482708f9d482728ba420b380d0af2854a45953b79f2bf7eb06bb916522ac689b5422d8cda727da06ccbcd90740bad676e55c962134a5452e602f5dd9eaad5bc161d23bcab24c095a86a412c7e25246a4f7421007d52777bb22f015d6aad74f20a36bcd6328b52d5ce15c166f6585c4eac3c5730d7ceb0de262ea2b661e06126e4b058f3f52c00', 'sha384-DB5eFVtxkq5ozxq58VbJl+LCvru1I3VwgAORuFkXwsdUlavtv7nehu8Z77JRNEoI', 1796055791663);
INSERT INTO public.sdk_file VALUES ('explain.d0e6a1a215.js', 'text/javascript; charset=utf-8', '\x696d706f7274222e2f62616e6e65722e6a73223b6173796e632066756e6374696f6e2065287b7365727665723a652c6f7074696f6e733a747d297b6c6574206e3d60247b657d73646b2f696e746567726974792e6a736f6e603b286177616974206665746368286e2c7b63616368653a606e6f2d73746f7265602c7369676e616c3a41626f72745369676e616c2e74696d656f75743f2e28316534297d292e63617463682828293d3e766f6964203029293f2e6f6b2626636f6e736f6c652e6572726f72286073616d7479636b653a20247b657d20686173206e6f7468696e6720666f72207468697320706167652e20497320746865206b657920247b742e6b65797d2072696768742c2069732061206e6f74696365207075626c69736865642c20616e6420697320247b6c6f636174696f6e2e6f726967696e7d20616e206f726967696e206f6620746865206b65792773207369746520287365652073616d7479636b65207369746520736574293f60297d6578706f72747b65206173206578706c61696e7d3b', '\x1b87010064696da90ebf43de93582413cadb5e14d8c06fbd5542adf7ed9b096e22e5d38c229a4d552b2114bbb3dfa1b4583333216d834c4c4b4d8756ada3a5a72da96942f1c39d5d3ca2fee2b292bf0119a6205dff5051d9eb3e904acb1f4d5a25f544a665e70ab968c474fc71b0bae9349f3a1dd3a3408c6e92cf77be24ab91f49c1f1c69c244472af9e31c2264102e01ab2165a4cdfd762b4fe68f336e2965237f8a1e5da0a8419311c462023c848088f84c108f505d7f98b5b25366364b4b901db8107337bf59b9a54cf315875aa973dadd0166bbbb5eed82108134042f842ca3542a6b18ed8790d1f3a1a03c', 'sha384-MfsESSmxKQYgzjI3qzsNXn+TUfaBrJ0ujpN7ZeFxYv6voJCGwu8cJ3qbk6H/ZMTL', 1796055791663);
INSERT INTO public.sdk_file VALUES ('explain.d605bcddaf.js', 'text/javascript; charset=utf-8', '\x696d706f7274222e2f62616e6e65722e373439626165376338342e6a73223b6173796e632066756e6374696f6e2065287b7365727665723a652c6f7074696f6e733a747d297b6c6574206e3d60247b657d73646b2f696e746567726974792e6a736f6e603b286177616974206665746368286e2c7b63616368653a606e6f2d73746f7265602c7369676e616c3a41626f72745369676e616c2e74696d656f75743f2e28316534297d292e63617463682828293d3e766f6964203029293f2e6f6b2626636f6e736f6c652e6572726f72286073616d7479636b653a20247b657d20686173206e6f7468696e6720666f72207468697320706167652e20497320746865206b657920247b742e6b65797d2072696768742c2069732061206e6f74696365207075626c69736865642c20616e6420697320247b6c6f636174696f6e2e6f726967696e7d20616e206f726967696e206f6620746865206b65792773207369746520287365652073616d7479636b65207369746520736574293f60297d6578706f72747b65206173206578706c61696e7d3b', '\x1b92012064d3b6690dde22af0a2333c3f216cc12b4d7f596851a3fdfbe7d0f984879118c229a16a44ad48be7b99fcf5a534836d62a184359344ce0d308bdb8a9316c23cf38523fd59bd44942a1a8e404e744be24aca53a23c335af860a357527331a523df0cf905bad5251ebdb798bdceec575aee6b226d5f5b6187eace6a23126abe6f6e44d6183b9ebedc5a5216cf4a4967fcfa142e6c561b05a5296c6ed341e4b96fded8c5345f5857fed091360a8c1be26c8ca042a536a447e4d0087806d7e9e8da668879b8026f5d50b995952e0b08560a8762e2efaaea1beea793de16ff2d0da05210267085d08599695d47e319a42a8c99028e814', 'sha384-P/XkNyW5xKe2EahO7veLQZcO0Wl9lFzcNIPWPwepXW3YkC9GAZ81GlsQf81I8NCU', 1796055791663);
INSERT INTO public.sdk_file VALUES ('frames.f01ee49b9b.js', 'text/javascript; charset=utf-8', '\x636f6e737420653d7b6f70656e3a6173796e6328293d3e766f69642077696e646f772e6f70656e286c6f636174696f6e2e687265662c605f626c616e6b602c606e6f6f70656e657260297d3b6173796e632066756e6374696f6e2074287b736974653a742c6f7074696f6e733a6e7d297b6c657420723d21313b666f72286c657420693d77696e646f773b69213d3d692e706172656e743b297b693d692e706172656e743b7472797b692e646f63756d656e742e72656164795374617465213d3d60636f6d706c6574656026266177616974206e65772050726f6d69736528653d3e692e6164644576656e744c697374656e657228606c6f6164602c652c7b6f6e63653a21307d29293b6c657420653d692e73616d7479636b653b696628653f2e736974653d3d3d742972657475726e20657d63617463687b6e2e6672616d65733d3d3d60717569657460262628723d65297d7d72657475726e20727d6578706f72747b74206173206f7574657242616e6e65727d3b', '\x1b75010064d5e9f532e74b647abd46c8486637716794f596aa1ca52a7dd805db0b7b791491245a55b2aae8749bcf939a366d1d41d2385fa7118fc00afc809364398c84bb58acdea8c2b61a052b3c2f958634e64ecd00ec9824b3be78902aa087e174b9dd493c0d7eaf964b6703c80762afd807e0062c4de59695e89f85dc4dbbc758055c9e60924cbcce277dfea0bccf0846bea1750878c18a2a9b827af03b97e72a9e2f026ecc74c86fde48f192d1a3312c04009217125257976ccfa61cac915ff1f962124c924c03e5ce6993767d2f4e56bcc978d74b483fbd149d02', 'sha384-mGob9FbKHyebiKHtDAnkpFXgVceHYvNI7AMtcMHrB/DRbRzqc7gAN/hRvSSHBUQf', 1796055791663);
INSERT INTO public.sdk_file VALUES ('google.fa1ab6e60b.js', 'text/javascript; charset=utf-8', '\x636f6e737420653d5b6061645f73746f72616765602c6061645f757365725f64617461602c6061645f706572736f6e616c697a6174696f6e602c60616e616c79746963735f73746f72616765602c6066756e6374696f6e616c6974795f73746f72616765602c60706572736f6e616c697a6174696f6e5f73746f72616765602c6073656375726974795f73746f72616765605d3b6173796e632066756e6374696f6e207428652c74297b6c657420723d6e28293b652e6272696467653d28293d3e652e6b6e6f776e2626722e75706461746528652e6b6e6f776e2e707572706f7365732c74292c652e6368616e67656428292c617761697420652e62616e6e657228297d66756e6374696f6e206e28653d7b7d2c743d676c6f62616c54686973297b742e646174614c617965723f3f3d5b5d3b6c6574206e3d742e646174614c617965723b742e677461673f3f3d66756e6374696f6e28297b6e2e7075736828617267756d656e7473297d3b6c65747b776169745f666f725f7570646174653a732c726567696f6e3a632c6164735f646174615f726564616374696f6e3a6c2c75726c5f706173737468726f7567683a757d3d652c643d7b2e2e2e73213d3d766f6964203026267b776169745f666f725f7570646174653a737d2c2e2e2e6326267b726567696f6e3a637d7d2c663d6e2e736f6d6528653d3e69286529293f5b5d3a5b5b60636f6e73656e74602c6064656661756c74602c7b2e2e2e61286064656e69656460292c2e2e2e647d5d5d3b6c213d3d766f696420302626662e70757368285b60736574602c606164735f646174615f726564616374696f6e602c6c5d292c75213d3d766f696420302626662e70757368285b60736574602c6075726c5f706173737468726f756768602c755d292c6f28662c6e2c742e67746167293b6c657420703d60603b72657475726e7b75706461746528652c6e297b6c657420693d7228652c6e292c613d4a534f4e2e737472696e676966792869293b61213d3d70262628703d612c742e677461673f2e2860636f6e73656e74602c60757064617465602c6929297d7d7d66756e6374696f6e207228742c6e297b6c657420723d61286064656e69656460293b666f72286c65742069206f662065297b6c657420653d742e66696c74657228287b636f6e73656e745f6d6f64653a657d293d3e652e696e636c75646573286929293b652e6c656e6774682626652e657665727928287b69643a657d293d3e6e28652929262628725b695d3d606772616e74656460297d72657475726e20727d66756e6374696f6e20692865297b72657475726e20653f2e5b305d3d3d3d60636f6e73656e74602626655b315d3d3d3d2264656661756c74227d66756e6374696f6e20612874297b72657475726e204f626a6563742e66726f6d456e747269657328652e6d617028653d3e5b652c745d29297d66756e6374696f6e206f28652c742c6e297b6c657420723d742e707573683d3d3d41727261792e70726f746f747970652e707573683f742e73706c6963652830293a5b5d3b666f72286c65742074206f662065296e282e2e2e74293b742e70757368282e2e2e72297d6578706f72747b74206173206272696467657d3b', '\x1b9c040064b7ac5edf5b120832fbad64fa7a885499a68373d862d3bdc481731e1314161dcfb26a9c3f0153a8ec77039cefb690b95761cf4c3ef622ec639a2757a5484bc806359d12e92376b804327804cecf59d979f866d78b34cc2e3147f083e5e0aa35eefa2f0a428aed21fa52b9003ab1e9eb67403e8b85da31a6feb531d00167b16e9222c9bf2dc3424ad53f85e0e003766be932c0ad93324cd05daf226c6a8180efbad5338eec83732659f8a84ea7f6aae97a8ab9b430855f782224ecc254b3df9896b54e0e3bc34e69ea1b2e94e61df3c254654e51eff0a0a33e261ea15478391c9d85666ed6dafd95b9c5b8e7648c6eb1d3c9c8cbb1988d9ede69e1f205747c133e6710c4d187c1fbd87e762345564891866282c37a4a9639a2c2ab730fc13d0c334b98918fbbc82f89e199911e01e9105b1421b0ca1c032b2c5408571a112f6d1ce3c396b89668850a2decccf5008b123f6d28d2a8ff93973fc8e8d22bf3660c6c9c2851490b21230aaf45ca88bd73c1aba026929591a8bb65ad60b8f1b22e2f722a4758ff571b2a34f5d4541bec413a47b1e6db828cfc459a4fdb18f972400ad0f27c72aaa465dc18a83e078e55cf8dd84bd84e75d2cb20e777a665b4fe149839b69a31e2bf0ee5deaae4cc3a9d7069a4ae50b662a0ff5abb9ad867da2872cd0b69409c5dae20840cadc9b499f90b13c46b107c9436ea4b314c5d044e38f8005d5e870b586b159d0a4007b815fb6bc4349abea4fdc1595277', 'sha384-BczGneWIviUEHqITixE5Z0rUf2URKgpsM2NrPyHaqBzYFthZQd/FWucGn1SRG3J4', 1796055791663);
INSERT INTO public.sdk_file VALUES ('jar.bef0a8577a.js', 'text/javascript; charset=utf-8', '\x696d706f72747b6e20617320652c7020617320747d66726f6d222e2f62616e6e65722e6a73223b636f6e7374206e3d653d3e28653f3f213129213d3d21313b66756e6374696f6e207228722c69297b6c65747b636f6f6b6965446f6d61696e3a612c6361636865436f6f6b69653a6f7d3d722e6f7074696f6e732c733d21313b72657475726e7b646f6d61696e28297b69662861297b69662828722e6b6e6f776e3f2e636f6f6b69655f646f6d61696e732e696e636c756465732861293f3f2130292626602e247b6c6f636174696f6e2e686f73746e616d657d602e656e64735769746828602e247b617d60292972657475726e20613b737c7c636f6e736f6c652e7761726e286073616d7479636b653a20247b617d206973206e6f20646f6d61696e20666f7220746869732073697465277320636f6f6b69652c20776869636820737461797320776974682074686520686f737460292c733d21307d7d2c77726974654361636865436f6f6b696528297b696628216e286f292972657475726e3b6c657420613d7b2e2e2e722e7669657728292c68656c643a21317d2c733d5b60707265666572656e636573602c6073746174697374696373602c606d61726b6574696e67605d2e66696c74657228653d3e7428652c6129292e6d617028653d3e655b305d292e6a6f696e286060292c633d6073616d7479636b652d616c6c6f7765642d247b722e736974657d603b28652828293d3e646f63756d656e742e636f6f6b6965293f2e6d617463682860283f3a5e7c3b2029247b637d3d285c5c772a2960293f2e5b315d3f3f606029213d3d7326266928632c73297d7d7d6578706f72747b72206173206372656174654a61727d3b', '\x1b7402006455d5eb9533c94061e3d792ed8eafc79b45c15033b6d82d73e4a6b640edbc67ef581f28c104e3f3415a86d966633016fd4344ef6e06bdca5010fbf96a829868efa7fca93edc013d19bea0a30c5c77bbcaa7b9d6b16e20b66d516251d75370fed712247bc07c8e9f197954344e152c72e8efa6296e5a270a4fb6e2042586cdc100e01d3e200c071261c8b53727766bc64bb7348e03b66db1c0c984699437130c2d0c8bad4c40c1dd928357119411c55004277d2fc97bfa09e90a2ce1f2f9d79d6265cccbe620e67a339f48029761f8d58958e92c0552c461ee65314f65e11864c604bd85aa95cbe00d0534cbb0b8c22da059778e9f26d4998852cb3664b4dc4e5545a956ea25ab61246c5948d005824997d7c4ed1dc4baf9846803225dc2fda06355839bc8d16046dbd5f972f35d9dce4739517e3f293b88005837e2d1b0ad665f19da6ad33b83a3dc690dabd5cf0c195b5a96ebb66556c6834c2607e8aca0aac65f8581091567fa1e923a', 'sha384-yrVCBe9cCQe6eEJQnxxNEPVHofhRN/FOQC5+rs6mNf4heEBZ4BY/S6kgpU/ICtOE', 1796055791663);
INSERT INTO public.sdk_file VALUES ('jar.c656a13d76.js', 'text/javascript; charset=utf-8', '\x696d706f72747b6e20617320652c7020617320747d66726f6d222e2f62616e6e65722e373439626165376338342e6a73223b636f6e7374206e3d653d3e28653f3f213129213d3d21313b66756e6374696f6e207228722c69297b6c65747b636f6f6b6965446f6d61696e3a612c6361636865436f6f6b69653a6f7d3d722e6f7074696f6e732c733d21313b72657475726e7b646f6d61696e28297b69662861297b69662828722e6b6e6f776e3f2e636f6f6b69655f646f6d61696e732e696e636c756465732861293f3f2130292626602e247b6c6f636174696f6e2e686f73746e616d657d602e656e64735769746828602e247b617d60292972657475726e20613b737c7c636f6e736f6c652e7761726e286073616d7479636b653a20247b617d206973206e6f20646f6d61696e20666f7220746869732073697465277320636f6f6b69652c20776869636820737461797320776974682074686520686f737460292c733d21307d7d2c77726974654361636865436f6f6b696528297b696628216e286f292972657475726e3b6c657420613d7b2e2e2e722e7669657728292c68656c643a21317d2c733d5b60707265666572656e636573602c6073746174697374696373602c606d61726b6574696e67605d2e66696c74657228653d3e7428652c6129292e6d617028653d3e655b305d292e6a6f696e286060292c633d6073616d7479636b652d616c6c6f7765642d247b722e736974657d603b28652828293d3e646f63756d656e742e636f6f6b6965293f2e6d617463682860283f3a5e7c3b2029247b637d3d285c5c772a2960293f2e5b315d3f3f606029213d3d7326266928632c73297d7d7d6578706f72747b72206173206372656174654a61727d3b', '\x1b7f022064d3a6d36a07a59ca312f8a1b0755843f2fd390456d9d1c4e5f4ef416dcd5d1b28c104e3b129a1c453a7fb26f35528354db31e82a015e5703fef4d1013dd71ca9feac26dd1855d480fb74ff307f1a179bca5b5b47c73d8cba7d997b1ac20d6b5bd425b96f6ca5fe95a82e45698b7f133e700958ff31c1c87e88fa7e90e5a26022a3bf181a688cdb00048567308070e246253adc9253bb3e2a56f1a8f03d6b5bdc45e8fa99397154c324c90ad4c94c17d93834717941165d1052fe7b338dfd34f487b6009bbcfbf66139f8df5b25989d91fccc792c005197e8922550c26e4612e5805b298fbb330049931bee452d509e7e09d0406f6dceee180e7acdfc64f13ca4c44a9791b32ba2c9f7ab657eaa41cb12e8e841d4b0a3a2772eaf284b2fc0e62597d4274019176e1b8d1b1bec1ede4d86046d794e172c3f55d0f3b3951787f52f61001b0ac64a4615dd7be63a89fa7676fb0931b2d613cfe19201bcc475793ba6616c607e9f556d03841558dbf5a03132ad3fa2324f5', 'sha384-VS7Blwr6cmoBuX3nDf1J1LdIJltet429PmuI9W2IN6T4vv15SsXV3YDJFJ6b+Azz', 1796055791663);
INSERT INTO public.sdk_file VALUES ('record.63ae7c6119.js', 'text/javascript; charset=utf-8', '\x696d706f72747b6420617320652c6720617320742c68206173206e2c6d20617320722c6e20617320692c7220617320612c74206173206f2c7520617320737d66726f6d222e2f62616e6e65722e6a73223b66756e6374696f6e206328742c6e297b6c65747b73746f7265643a722c6c6f63616c3a692c6770633a612c6e6f773a6f2c64656665727265643a637d3d6e3b696628637c7c692e712e736f6d6528653d3e652e7965732e6c656e677468292972657475726e5b5d3b6c6574206c3d742e707572706f7365732e66696c74657228653d3e2128612626652e67706329292c753d6c2e666c61744d61702873293b69662821722972657475726e20753b69662821722e746f6b656e297b6c657420653d5b742e6e6f746963652e736c69636528372c3135292c2e2e2e742e7072696f725f6e6f74696365735f61636365707465645d2e696e636c7564657328722e6e6f7469636538293b72657475726e206c2e66696c74657228287b726561736b5f733a747d293d3e21657c7c6f3e3d722e61742b38363430302b74292e666c61744d61702873297d72657475726e206f3e3d722e746f6b656e2e657870697265733f753a6528722e746f6b656e2c6e293f752e66696c74657228653d3e7b6c657420743d722e707572706f7365732e66696e64496e64657828743d3e742e69643d3d3d65292c6e3d722e707572706f7365735b745d3b72657475726e216e7c7c6e2e61736b2626216e2e676976656e262621722e746f6b656e2e77697468647261776e496e64657865732e696e636c756465732874297d293a5b5d7d66756e6374696f6e206c287b707572706f7365733a652c746578743a747d297b72657475726e20652e666c61744d617028653d3e742e707572706f7365732e66696c74657228287b69643a747d293d3e743d3d3d652e6964292e6d617028743d3e287b707572706f73653a652c61626f75743a747d2929297d66756e6374696f6e207528652c7b69643a742c6770633a6e7d297b72657475726e2121652e63686f73656e2874292626282128652e67706326266e297c7c2121652e61636b6e6f776c65646765643f2e287429297d66756e6374696f6e206428652c74297b72657475726e20742e66696c74657228287b707572706f73653a747d293d3e652e6770632626742e677063262621742e6f776e5f73746174656d656e74262621732874292e657665727928743d3e7528652c7b69643a742c6770633a21307d2929297d66756e6374696f6e206628652c742c6e2c723d5b5d297b6c657420693d5b5d2c613d5b5d3b72657475726e20742e666f72456163682828742c6f293d3e7b6c65747b6f776e5f73746174656d656e743a632c76656e646f72733a6c7d3d742e707572706f73653b7328742e707572706f7365292e666f72456163682828732c75293d3e7b28653d3d3d60616363657074603f2163262621722e696e636c756465732874293a653d3d3d60736176656026266e286f2c6c5b755d3f2e696429293f692e707573682873293a28653d3d3d6073617665607c7c653d3d3d6072656a65637460292626612e707573682873297d297d292c7b6b696e643a652c6d6574686f643a653d3d3d6073617665603f60746f67676c655f73617665603a60627574746f6e602c676976656e3a692c726566757365643a617d7d66756e6374696f6e207028652c742c6e3d7b7d297b6c657420723d646f63756d656e742e637265617465456c656d656e742865293b666f72286c6574206520696e206e29722e73657441747472696275746528652c6e5b655d293b72657475726e20722e617070656e64282e2e2e5b745d2e666c61742839292e66696c74657228426f6f6c65616e29292c727d66756e6374696f6e206d287b646f63756d656e743a657d2c742c6e2c722c69297b6c65747b6c616e67756167653a612c646972656374696f6e3a6f7d3d653b72657475726e207028742c722c7b636c6173733a6073616d7479636b652073616d7479636b652d247b6e7d602c6c616e673a612c6469723a6f2c2e2e2e74213d3d606469616c6f676026267b706f706f7665723a606d616e75616c607d2c2e2e2e697d297d66756e6374696f6e206828652c742c6e3d7b7d297b72657475726e20702860627574746f6e602c742c7b747970653a60627574746f6e602c22646174612d73616d7479636b652d616374696f6e223a652c2e2e2e6e7d297d636f6e737420673d28652c743d7b7d293d3e702860626469602c652c74293b66756e6374696f6e205f28652c742c6e2c722c692c612c6f297b6c65747b746578743a732c776f7264733a637d3d652e646f63756d656e742c7b706f6c6963795f75726c3a6c7d3d732e636f6e746163742c753d6073616d7479636b652d247b6e2e736c69636528302c36292e7472696d28297d2d7469746c65602c643d28652c74293d3e702860646976602c742c7b636c6173733a6073616d7479636b652d247b657d607d293b72657475726e206d28652c742c6e2c5b64286068656164602c5b7028606832602c722c7b69643a757d292c682860636c6f7365602c60c397602c7b22617269612d6c6162656c223a732e6c6162656c732e636c6f73657d295d292c642860626f6479602c5b692c6c26262f5e2868747470733f3a293f5c2f2f2e74657374286c29262670286070602c70286061602c632e706f6c6963792c7b687265663a6c7d29295d292c642860666f6f74602c61295d2c7b22617269612d6c6162656c6c65646279223a752c2e2e2e6f7d297d66756e6374696f6e207628652c74297b6c65747b746578743a6e7d3d652e646f63756d656e742c7b6c6162656c733a727d3d6e2c7b6c61796f75743a692c706f736974696f6e3a617d3d652e6f7074696f6e732c6f3d693d3d3d606d6f64616c603b72657475726e205f28652c6f3f606469616c6f67603a60646976602c6066697273742073616d7479636b652d247b697d2073616d7479636b652d247b6f3f6063656e747265603a617d602c6e2e7469746c652c5b742c70286070602c6e2e696e74726f292c70286070602c6e2e7769746864726177295d2c5b702860646976602c5b68286072656a656374602c722e726566757365292c682860616363657074602c722e616363657074295d292c68286073657474696e6773602c722e73657474696e6773295d2c6f3f7b746162696e6465783a602d31607d3a7b726f6c653a60726567696f6e607d297d66756e6374696f6e20792865297b7472797b6520696e7374616e63656f662048544d4c4469616c6f67456c656d656e743f28652e6f70656e3d21312c652e73686f774d6f64616c2829293a28652e68696465506f706f76657228292c652e73686f77506f706f7665722829297d63617463687b652e6c6f63616c4e616d653d3d3d606469616c6f67602626652e73657441747472696275746528606f70656e602c6060297d7d66756e6374696f6e20622865297b7472797b696628652e6d61746368657328606469616c6f6760292972657475726e20652e6d61746368657328603a6d6f64616c60297d63617463687b7d72657475726e20652e636865636b5669736962696c6974793f2e287b7669736962696c69747950726f70657274793a21307d293f3f652e676574436c69656e74526563747328292e6c656e6774683e307d66756e6374696f6e207828652c742c6e297b6c657420723d646f63756d656e742e637265617465456c656d656e74286073616d7479636b652d726f6f7460292c693d6e6577204d75746174696f6e4f627365727665722873292c613d5b5d3b66756e6374696f6e206f28297b6c657420743d286528293f5b2e2e2e646f63756d656e742e717565727953656c6563746f72416c6c28606469616c6f675b6f70656e5d2c5b617269612d6d6f64616c3d747275655d60295d3a5b5d292e66696c74657228653d3e21722e636f6e7461696e73286529262662286529293b72657475726e20613d5b2e2e2e6e657720536574285b2e2e2e612e66696c74657228653d3e742e696e636c75646573286529292c2e2e2e745d295d2c615b612e6c656e6774682d315d3f3f646f63756d656e742e646f63756d656e74456c656d656e747d66756e6374696f6e207328297b6c657420613d646f63756d656e742e646f63756d656e74456c656d656e743b69662861297b69662821287428292626722e6973436f6e6e656374656429297b6c657420653d6f28293b722e706172656e744e6f6465213d3d65262628653d3d3d613f612e696e736572744265666f726528722c646f63756d656e742e626f6479293a652e617070656e642872292c6e2829297d692e646973636f6e6e65637428292c692e6f62736572766528646f63756d656e742c7b6368696c644c6973743a21307d292c692e6f62736572766528612c6528293f7b6368696c644c6973743a21302c737562747265653a21302c617474726962757465733a21302c61747472696275746546696c7465723a5b606f70656e602c60617269612d6d6f64616c602c60636c617373602c6068696464656e605d7d3a7b6368696c644c6973743a21307d297d7d72657475726e7b656c656d656e743a722c6c6f6f6b3a732c73746f7028297b692e646973636f6e6e65637428292c722e72656d6f766528297d7d7d66756e6374696f6e20532865297b72657475726e206d28652c60646976602c606c697665602c5b5d2c7b726f6c653a60737461747573607d297d66756e6374696f6e204328652c74297b6c6574206e3d6e657720546578742874293b652e7265706c6163654368696c6472656e286e292c792865292c73657454696d656f75742828293d3e6e2e72656d6f766528292c366533297d636f6e737420773d60646174612d73616d7479636b652d6672657368603b66756e6374696f6e205428652c74297b72657175657374416e696d6174696f6e4672616d652828293d3e73657454696d656f75742828293d3e646f63756d656e742e68696464656e3f5428652c74293a7428292c6529297d66756e6374696f6e204528652c74297b6c6574206e3d60247b706572666f726d616e63652e6e6f7728297d603b652e73657441747472696275746528772c6e293b6c657420723d28293d3e652e6765744174747269627574652860646174612d73616d7479636b652d667265736860293d3d3d6e2626652e72656d6f76654174747269627574652860646174612d73616d7479636b652d667265736860293b54283430302c28293d3e7b696628215b2e2e2e652e717565727953656c6563746f72416c6c2860627574746f6e60295d2e736f6d6528653d3e7b6c65747b6c6566743a6e2c72696768743a722c746f703a692c626f74746f6d3a617d3d652e676574426f756e64696e67436c69656e745265637428293b72657475726e2121742626742e636c69656e74583e3d6e2626742e636c69656e74583c3d722626742e636c69656e74593e3d692626742e636c69656e74593c3d617d292972657475726e207228293b6164644576656e744c697374656e65722860706f696e7465726d6f7665602c722c7b6f6e63653a21307d292c73657454696d656f757428722c363030297d297d66756e6374696f6e2044287b7468656d653a652c6e6f6e63653a747d2c6e297b6c657420723d7b6175746f3a6028707265666572732d636f6c6f722d736368656d653a6461726b29602c6461726b3a60616c6c602c6c696768743a606e6f7420616c6c607d5b655d2c693d28293d3e646f63756d656e742e61646f707465645374796c655368656574732e66696c74657228653d3e65213d3d6f292c613d60602c6f2c733b7472797b6f3d6e6577204353535374796c6553686565742c6928297d63617463687b6f3d766f696420302c733d7028607374796c65602c5b5d2c7b6e6f6e63653a743f3f60607d292c6e2e617070656e642873297d6c657420633d7b6164642865297b612b3d653b6c657420743d60406c617965722073616d7479636b657b247b612e7265706c616365282f285b5e7b7d3b5c735d295c732a285b3b7d5d292f672c60243121696d706f7274616e74243260297d7d603b73262628732e74657874436f6e74656e743d74292c6f3f2e7265706c61636553796e632874297d2c6b65657028297b6f2626646f63756d656e742e61646f707465645374796c655368656574735b305d213d3d6f262628646f63756d656e742e61646f707465645374796c655368656574733d5b6f2c2e2e2e6928295d297d2c72656d6f766528297b6f262628646f63756d656e742e61646f707465645374796c655368656574733d692829297d7d3b72657475726e20632e616464286073616d7479636b652d726f6f747b646973706c61793a636f6e74656e74737d2e73616d7479636b657b2d2d732d623a766172282d2d73616d7479636b652d6261636b67726f756e642c23666666293b2d2d732d743a766172282d2d73616d7479636b652d746578742c23316332323238293b2d2d732d6d3a766172282d2d73616d7479636b652d6d757465642c23353736303661293b2d2d732d6c3a766172282d2d73616d7479636b652d6c696e652c23653465376562293b2d2d732d613a766172282d2d73616d7479636b652d616374696f6e2c766172282d2d732d7429293b2d2d732d633a766172282d2d73616d7479636b652d616374696f6e2d746578742c766172282d2d732d6229293b2d2d732d723a766172282d2d73616d7479636b652d7261646975732c31327078293b2d2d732d673a766172282d2d73616d7479636b652d6d617267696e2c31656d293b2d2d732d703a766172282d2d73616d7479636b652d70616464696e672c312e34656d293b616c6c3a696e697469616c3b636f6c6f722d736368656d653a6c696768743b706f736974696f6e3a66697865643b7a2d696e6465783a766172282d2d73616d7479636b652d7a2c32313437343833363437293b646973706c61793a666c65783b666c65782d646972656374696f6e3a636f6c756d6e3b626f782d73697a696e673a626f726465722d626f783b6f766572666c6f773a6175746f3b6f766572666c6f772d777261703a616e7977686572653b68797068656e733a6175746f3b6d61782d77696474683a63616c632831303025202d20322a766172282d2d732d6729293b6d61782d6865696768743a63616c63283130307668202d20322a766172282d2d732d6729293b6d61782d6865696768743a63616c6328313030647668202d20322a766172282d2d732d6729293b636f6c6f723a766172282d2d732d74293b6261636b67726f756e643a766172282d2d732d62293b666f6e743a766172282d2d73616d7479636b652d73697a652c6d617828313570782c2e3933373572656d29292f312e3520766172282d2d73616d7479636b652d666f6e742c73797374656d2d75692c73616e732d7365726966293b626f726465723a766172282d2d73616d7479636b652d626f726465722c31707820736f6c696420766172282d2d732d6c29293b626f726465722d7261646975733a766172282d2d732d72293b626f782d736861646f773a766172282d2d73616d7479636b652d736861646f772c30203870782034307078202330303033293b696e7365742d626c6f636b2d656e643a766172282d2d732d67293b696e7365742d696e6c696e652d73746172743a766172282d2d732d67297d2e73616d7479636b65202a2c3a6973282e73616d7479636b652c2e73616d7479636b65202a293a3a6265666f72652c3a6973282e73616d7479636b652c2e73616d7479636b65202a293a3a61667465727b616c6c3a7265766572743b626f782d73697a696e673a626f726465722d626f783b6d617267696e3a303b70616464696e673a307d2e73616d7479636b65203a69732868322c68332c6834297b666c65783a313b666f6e742d73697a653a31656d3b6c696e652d6865696768743a312e337d2e73616d7479636b652068327b666f6e742d73697a653a312e32656d7d2e73616d7479636b65203a69732868332c68342c64742c63617074696f6e2c7468297b636f6c6f723a766172282d2d732d74297d2e73616d7479636b6520617b636f6c6f723a766172282d2d73616d7479636b652d6c696e6b2c696e6865726974297d2e73616d7479636b652d66697273742c2e73616d7479636b652d7365636f6e647b77696474683a766172282d2d73616d7479636b652d77696474682c3338656d297d2e73616d7479636b652d746f702c2e73616d7479636b652d6c6976657b696e7365742d626c6f636b3a766172282d2d732d6729206175746f7d2e73616d7479636b652d63656e7472657b696e7365743a303b6d617267696e3a6175746f3b6865696768743a6669742d636f6e74656e747d2e73616d7479636b652d6261727b696e7365742d696e6c696e653a303b6d617267696e3a6175746f3b77696474683a6175746f3b6d61782d77696474683a6e6f6e653b626f726465722d7261646975733a303b626f726465722d696e6c696e653a307d2e73616d7479636b652d6261722e73616d7479636b652d626f74746f6d7b696e7365742d626c6f636b2d656e643a307d2e73616d7479636b652d6261722e73616d7479636b652d746f707b696e7365742d626c6f636b2d73746172743a307d6469616c6f672e73616d7479636b653a3a6261636b64726f707b6261636b67726f756e643a766172282d2d73616d7479636b652d6261636b64726f702c2330303038297d2e73616d7479636b652d686561647b646973706c61793a666c65783b666c65783a6e6f6e653b616c69676e2d6974656d733a63656e7465723b70616464696e672d626c6f636b3a2e36656d202e33656d3b70616464696e672d696e6c696e653a766172282d2d732d7029202e35656d7d2e73616d7479636b652d626f64797b646973706c61793a677269643b666c65783a6175746f3b6761703a2e37656d3b6f766572666c6f773a6175746f3b6d696e2d6865696768743a372e35656d3b666f6e742d73697a653a2e39333333656d3b70616464696e673a3270782063616c6328766172282d2d732d70292a312e30373134293b636f6c6f723a766172282d2d732d6d297d2e73616d7479636b652d666f6f747b646973706c61793a666c65783b666c65783a6e6f6e653b666c65782d777261703a777261703b6761703a2e36656d3b70616464696e673a2e39656d20766172282d2d732d702920312e31656d7d2e73616d7479636b652d666f6f74206469762c2e73616d7479636b652d7365636f6e64202e73616d7479636b652d666f6f747b646973706c61793a677269643b677269642d74656d706c6174652d636f6c756d6e733a726570656174286175746f2d6669742c6d696e6d6178286d696e28313030252c38656d292c31667229293b677269642d6175746f2d726f77733a3166723b6761703a2e36656d3b666c65783a322031203137656d7d2e73616d7479636b6520627574746f6e7b6d696e2d77696474683a343470783b6d696e2d6865696768743a343470783b70616464696e673a2e33656d202e36656d3b626f726465723a766172282d2d73616d7479636b652d627574746f6e2d626f726465722c31707820736f6c6964202330303030293b626f726465722d7261646975733a766172282d2d73616d7479636b652d627574746f6e2d7261646975732c766172282d2d732d7229293b666f6e743a696e68657269743b666f6e742d7765696768743a766172282d2d73616d7479636b652d627574746f6e2d7765696768742c363030293b6c696e652d6865696768743a312e333b637572736f723a706f696e7465727d2e73616d7479636b65205b646174612d73616d7479636b652d616374696f6e3d73657474696e67735d7b666c65783a3120312038656d7d2e73616d7479636b65202e73616d7479636b652d6865616420627574746f6e7b70616464696e673a303b666f6e742d73697a653a312e35656d3b666f6e742d7765696768743a3430307d2e73616d7479636b6520627574746f6e3a686f7665727b626f782d736861646f773a766172282d2d73616d7479636b652d686f7665722c696e7365742030203020302033707820766172282d2d732d6d29297d2e73616d7479636b65203a666f6375732d76697369626c657b6f75746c696e653a766172282d2d73616d7479636b652d666f6375732c32707820736f6c696420766172282d2d732d7429293b6f75746c696e652d6f66667365743a3270787d2e73616d7479636b65202e73616d7479636b652d626f64793a666f6375732d76697369626c657b6f75746c696e652d6f66667365743a2d3270787d2e73616d7479636b655b646174612d73616d7479636b652d66726573685d20627574746f6e7b706f696e7465722d6576656e74733a6e6f6e657d406d6564696128666f726365642d636f6c6f72733a6e6f6e65297b2e73616d7479636b6520627574746f6e7b636f6c6f723a766172282d2d732d63293b6261636b67726f756e643a766172282d2d732d61297d2e73616d7479636b65203a6973285b646174612d73616d7479636b652d616374696f6e3d73657474696e67735d2c5b646174612d73616d7479636b652d616374696f6e3d636c6f73655d297b636f6c6f723a696e68657269743b6261636b67726f756e643a6e6f6e657d2e73616d7479636b652d666f6f74205b646174612d73616d7479636b652d616374696f6e3d73657474696e67735d7b626f726465723a766172282d2d73616d7479636b652d73657474696e67732d626f726465722c31707820736f6c696420766172282d2d732d6d29297d7d2e73616d7479636b652d66697273747e2e73616d7479636b652d636f6e74726f6c2c2e73616d7479636b655b646174612d73616d7479636b652d626568696e645d7b646973706c61793a6e6f6e657d2e73616d7479636b652d6c6976657b696e7365742d696e6c696e652d656e643a766172282d2d732d67293b6d617267696e3a6175746f3b77696474683a6669742d636f6e74656e743b70616464696e673a2e38656d20312e32656d7d2e73616d7479636b652d6c6976653a656d7074797b70616464696e673a303b626f726465723a303b626f782d736861646f773a6e6f6e657d406d65646961286d61782d77696474683a3330656d297b2e73616d7479636b657b2d2d732d673a766172282d2d73616d7479636b652d6d617267696e2c2e35656d293b2d2d732d703a766172282d2d73616d7479636b652d70616464696e672c31656d297d2e73616d7479636b652d66697273747b6d61782d6865696768743a6d617828363076682c3138656d297d7d406d65646961286d61782d6865696768743a3236656d297b2e73616d7479636b652d66697273747b646973706c61793a626c6f636b7d2e73616d7479636b652d6669727374202e73616d7479636b652d626f64797b6f766572666c6f773a76697369626c657d7d406d65646961286d696e2d77696474683a3338656d2920616e6420286d61782d6865696768743a3330656d297b2e73616d7479636b652d66697273747b646973706c61793a677269643b677269642d74656d706c6174653a6175746f206d696e6d617828302c316672292f316672203136656d3b77696474683a3632656d3b6d61782d6865696768743a63616c63283130307668202d2031656d297d2e73616d7479636b652d6669727374202e73616d7479636b652d626f64797b6f766572666c6f773a6175746f3b6d696e2d6865696768743a307d2e73616d7479636b652d6669727374202e73616d7479636b652d666f6f747b677269642d617265613a312f322f333b616c69676e2d636f6e74656e743a63656e7465727d7d406d65646961286d696e2d77696474683a3536656d297b2e73616d7479636b652d6261727b646973706c61793a677269643b677269642d74656d706c6174653a6175746f206d696e6d617828302c316672292f316672203234656d3b77696474683a6175746f7d2e73616d7479636b652d626172202e73616d7479636b652d666f6f747b677269642d617265613a312f322f333b616c69676e2d636f6e74656e743a63656e7465727d7d406d65646961207072696e747b2e73616d7479636b657b646973706c61793a6e6f6e657d7d406d6564696120247b727d7b2e73616d7479636b657b2d2d732d623a766172282d2d73616d7479636b652d6261636b67726f756e642c23313931643232293b2d2d732d743a766172282d2d73616d7479636b652d746578742c23656365666632293b2d2d732d6d3a766172282d2d73616d7479636b652d6d757465642c23613661666239293b2d2d732d6c3a766172282d2d73616d7479636b652d6c696e652c23333433623433293b636f6c6f722d736368656d653a6461726b7d7d60292c632e6b65657028292c637d636f6e7374204f3d7b656c3a702c627574746f6e3a682c6e616d653a672c6c617965723a5f2c726f6f74456c656d656e743a6d2c6973496e697469616c6c794f6e3a752c6578636c756465643a647d3b66756e6374696f6e206b2865297b6c657420743d6c28652e646f63756d656e74292c6e3d532865292c722c692c612c6f2c733d21312c633d6e6577205765616b4d61702c753d21312c703d653d3e653f2e6c6f63616c4e616d653d3d3d606469616c6f67602c6d3d782828293d3e212128723f3f69292c28293d3e2121697c7c702872292c28293d3e7b682e6b65657028293b666f72286c65742065206f665b613f2e656c656d656e742c722c692c6e5d29653f2e6973436f6e6e65637465642626792865293b722626492872292c692626492869292c613f2e64726177282130297d292c683d4428652e6f7074696f6e732c6d2e656c656d656e74292c673d6e65772041626f7274436f6e74726f6c6c65723b6d2e656c656d656e742e617070656e64286e292c6d2e6c6f6f6b28293b6173796e632066756e6374696f6e205f28297b6c657420653d617761697420696d706f727428222e2f73657474696e67732e636332636234323461342e6a7322293b72657475726e206f7c7c682e61646428652e52554c4553292c6f3d652c657d6c657420623d28293d3e766f69642872262642287229293b666f72286c65742065206f665b60706f696e7465726f766572602c60666f637573696e605d296d2e656c656d656e742e6164644576656e744c697374656e657228652c622c7b6f6e63653a21307d293b66756e6374696f6e206b28652c74297b653d3d3d613f2e656c656d656e743f6e2e6265666f72652865293a6d2e656c656d656e742e70726570656e642865292c6d2e6c6f6f6b28292c792865292c4528652c74297d6173796e632066756e6374696f6e204128297b696628737c7c21742e6c656e6774682972657475726e3b733d21303b6c6574206e3d28652e6770637c7c652e6368616e67657328297c7c742e736f6d6528287b707572706f73653a747d293d3e652e63686f73656e28742e69642929292626286177616974205f28292e63617463682828293d3e7b7d29293f2e6e6f74657328652c742c4f293b69662821737c7c722972657475726e3b6c657420613d7628652c6e293b723d612c492861292c6b2861292c702861292626612e666f63757328292c6926264e282130292c5428302c28293d3e723d3d3d612626652e73686f776e2829297d6173796e632066756e6374696f6e206a286e297b6c65747b7365636f6e644c617965723a727d3d6177616974205f28293b697c7c672e7369676e616c2e61626f727465647c7c28693d7228652c742c4f292c492869292c4e282130292c6b28692c6e292c692e666f63757328292c42286929297d66756e6374696f6e204d2874297b6a2874292e636174636828743d3e7b636f6e736f6c652e6572726f72286073616d7479636b653a207468652073657474696e67732063616e6e6f74206265206c6f61646564602c74292c652e6f7074696f6e732e6465636c61726174696f6e26266f70656e28652e6f7074696f6e732e6465636c61726174696f6e297d297d66756e6374696f6e204e2865297b723f2e746f67676c654174747269627574652860646174612d73616d7479636b652d626568696e64602c65297d66756e6374696f6e20502865297b693f284628292c7226264528722c6529293a7a2860636c6f7365602c2130297d66756e6374696f6e204628297b6c657420653d693b693d766f696420302c4e282131292c653f2e636c6f73653f2e28292c653f2e72656d6f766528292c6d2e6c6f6f6b28297d66756e6374696f6e20492865297b72657175657374416e696d6174696f6e4672616d652828293d3e7b6c657420743d652e717565727953656c6563746f7228602e73616d7479636b652d626f647960293b742626742e7363726f6c6c4865696768743e742e636c69656e74486569676874262621742e717565727953656c6563746f722860612c696e7075742c73756d6d6172796029262628742e746162496e6465783d30297d292c652e6f6e636c69636b3d743d3e7b6c65747b7461726765743a6e2c6973547275737465643a727d3d743b6966286e20696e7374616e63656f662048544d4c496e707574456c656d656e742972657475726e204c2874293b6c657420693d6e2e636c6f7365737428605b646174612d73616d7479636b652d616374696f6e5d60292c613d693f2e646174617365742e73616d7479636b65416374696f6e3b21617c7c722626652e6861734174747269627574652860646174612d73616d7479636b652d667265736860297c7c28613d3d3d6073657474696e6773603f4d2874293a613d3d3d60636c6f7365603f502874293a7a28612c722c692c6529297d2c652e6f6e6b6579646f776e3d653d3e7b6c65747b6b65793a742c7265706561743a6e7d3d653b696628743d3d3d6045736361706560295028293b656c73652069662821286e26262f5e28456e7465727c2029242f2e74657374287429292972657475726e3b652e70726576656e7444656661756c7428297d2c652e6f6e63616e63656c3d653d3e7b652e70726576656e7444656661756c7428292c5028297d2c652e6f6e636c6f73653d28293d3e652e6973436f6e6e65637465642626653d3d3d28693f3f722926265028297d66756e6374696f6e204c2874297b742e6973547275737465647c7c652e74657374696e677c7c21742e7461726765742e636865636b65647c7c28742e70726576656e7444656661756c7428292c522829297d66756e6374696f6e205228297b43286e2c652e646f63756d656e742e776f7264732e62795f68616e64292c5f28292e7468656e28653d3e652e7761726e50726f6772616d28292c636f6e736f6c652e6572726f72297d66756e6374696f6e207a286e2c722c612c73297b6c657420633d66286e2c742c28652c74293d3e212169262621216f3f2e69734f6e28692c652c74292c6428652c7429293b632e676976656e2e6c656e6774683f2172262621652e74657374696e673f5228293a6126267326265628632c612c73293a6e3d3d3d60616363657074603f5028293a482863297d6173796e632066756e6374696f6e20422874297b6c6574206e3d6177616974205f28292e63617463682828293d3e7b7d293b632e73657428742c6177616974206e3f2e68617368286e2e6d65617375726528742c743d3d3d693f323a312c652929297d66756e6374696f6e205628652c742c6e297b69662821632e686173286e292972657475726e20766f69642042286e292e7468656e2828293d3e6e2e6973436f6e6e656374656426265628652c742c6e29293b6e2e72656d6f76654174747269627574652877292c6f3f2e6973556e66616972286e2c74293f652e6b696e643d3d3d6073617665602626652e726566757365645b305d262648287b2e2e2e652c676976656e3a5b5d7d293a4828652c632e676574286e29297d66756e6374696f6e204828742c6e297b5528292c652e646563696465287b2e2e2e742c2e2e2e6e26267b75695f686173683a6e7d2c6770635f73686f776e3a652e6770637d292c5728297d66756e6374696f6e205528297b6c657420653d723b723d766f696420302c733d21312c4628292c702865292626652e636c6f73653f2e28292c653f2e72656d6f766528292c6d2e6c6f6f6b28292c6526265728297d66756e6374696f6e205728297b752626217326265f28292e7468656e28287b637265617465436f6e74726f6c3a6e7d293d3e7b696628672e7369676e616c2e61626f727465647c7c732972657475726e3b613f3f3d6e28652c742c4f2c672e7369676e616c2c653d3e7b652e6973547275737465642626613f2e656c656d656e742e6861734174747269627574652860646174612d73616d7479636b652d667265736860297c7c282f73657474696e67732f2e7465737428652e63757272656e745461726765742e646174617365742e73616d7479636b65416374696f6e293f4d2865293a7a286072656a656374602c652e69735472757374656429297d293b6c65747b656c656d656e743a727d3d613b612e6472617728293f722e6973436f6e6e65637465647c7c6b2872293a722e72656d6f766528297d2c636f6e736f6c652e6572726f72297d72657475726e7b70726f6d70743a412c73657474696e67733a6a2c636f6e74726f6c28297b753d21302c72657175657374416e696d6174696f6e4672616d652857297d2c636c6f73653a552c7361793a653d3e43286e2c65292c756e6d6f756e7428297b753d21312c5528292c672e61626f727428292c6d2e73746f7028292c682e72656d6f766528297d7d7d636f6e737420413d3339302a723b66756e6374696f6e206a28652c742c6e297b72657475726e60722e247b657d2e247b4d6174682e666c6f6f7228742f72292e746f537472696e67283336297d2e247b6e7d607d66756e6374696f6e204d28652c742c6e2c72297b72657475726e60672e247b657d2e247b747d2e247b6e7d247b722e6c656e6774683f602e247b722e6a6f696e28602d60297d603a60607d607d6173796e632066756e6374696f6e204e28652c74297b6c65747b7365727665723a722c6f7074696f6e733a612c736974653a737d3d652c7b6b65793a632c636f6f6b6965506174683a6c3d602f607d3d612c753d612e73746f726167653d3d3d606c6f63616c602c643d6e2873292c663d6e65772055524c2872292e6f726967696e3d3d3d6c6f636174696f6e2e6f726967696e2c703d612e636f6f6b6965446f6d61696e7c7c28612e6361636865436f6f6b69653f3f213129213d3d21313f28617761697420696d706f727428222e2f6a61722e626566306138353737612e6a732229292e6372656174654a617228652c6d293a766f696420303b66756e6374696f6e206d28652c74297b6c6574206e3d703f2e646f6d61696e28292c723d28742c6e293d3e692828293d3e7b646f63756d656e742e636f6f6b69653d60247b657d3d247b743f3f60607d3b20506174683d247b6c7d3b2053616d65536974653d4c61783b204d61782d4167653d247b743f413a307d247b6e7d607d292c613d6c6f636174696f6e2e70726f746f636f6c3d3d3d6068747470733a603f603b20536563757265603a60603b6e26267228742c603b20446f6d61696e3d247b6e7d247b617d60292c72286e3f766f696420303a742c61297d72657475726e7b736974653a732c766965773a652e766965772c2e2e2e742c2e2e2e702c7772697465436f6f6b69652865297b72657475726e206d28642c753f766f696420303a65292c21657c7c217526262121692828293d3e646f63756d656e742e636f6f6b69652e696e636c75646573286529297d2c77726974654c6f63616c2874297b652e6d656d6f72793d766f696420303b7472797b743f6c6f63616c53746f726167652e7365744974656d28652e6b65792c74293a6c6f63616c53746f726167652e72656d6f76654974656d28652e6b6579297d63617463687b652e6d656d6f72793d747d7d2c72616e646f6d3a653d3e63727970746f2e67657452616e646f6d56616c756573286e65772055696e74384172726179286529292c6173796e6320706f737428652c742c6e2c69297b6c657420613d703f2e646f6d61696e28292c733d7b2e2e2e6e26267b417574686f72697a6174696f6e3a6042656172657220247b637d602c22436f6e74656e742d54797065223a606170706c69636174696f6e2f6a736f6e602c2253616d7479636b652d4361706162696c697479223a6e7d2c2e2e2e692626662626217526267b2253616d7479636b652d43686f696365223a60247b697d247b6c3d3d3d602f603f60603a603b20706174683d247b6c7d607d247b613f603b20646f6d61696e3d247b617d603a60607d607d7d2c643d693d3e66657463682860247b727d76312f247b6e3f60603a6062616e6e65722f247b637d2f607d247b657d602c7b6d6574686f643a60504f5354602c686561646572733a732c626f64793a4a534f4e2e737472696e676966792874292c6b656570616c6976653a692c7369676e616c3a41626f72745369676e616c2e74696d656f75743f2e286f297d293b7472797b6c657420653d61776169742064282130292e63617463682828293d3e6428213129293b72657475726e7b7374617475733a652e7374617475732c626f64793a652e6f6b2626652e737461747573213d3d3230343f617761697420652e6a736f6e28293a7b7d2c726574727941667465723a4e756d62657228652e686561646572732e676574286052657472792d41667465726029297c7c307d7d63617463687b72657475726e7b7374617475733a302c626f64793a7b7d2c726574727941667465723a307d7d7d2c6c6f636b3a6173796e6320743d3e7b6177616974286e6176696761746f722e6c6f636b733f2e7265717565737428652e6b65792c74292e63617463682874293f3f742829297d2c7761697428742c6e297b73657454696d656f75742828293d3e652e656e6465642e61626f727465647c7c6e28292c74297d2c636c6f636b49732874297b652e736b65773d742d4d6174682e666c6f6f7228446174652e6e6f7728292f316533297d7d7d66756e6374696f6e20502865297b72657475726e2062746f6128537472696e672e66726f6d43686172436f6465282e2e2e6529292e7265706c616365282f5c2b2f672c602d60292e7265706c616365282f5c2f2f672c605f60292e7265706c616365282f3d2b242f2c6060297d66756e6374696f6e204628652c74297b6c6574206e3d652e746f537472696e67283136292e70616453746172742831322c603060292c723d5b2e2e2e745d2e6d617028653d3e652e746f537472696e67283136292e706164537461727428322c60306029292e6a6f696e286060292c693d6038396162605b745b325d26335d3b72657475726e60247b6e2e736c69636528302c38297d2d247b6e2e736c6963652838297d2d37247b722e736c69636528302c33297d2d247b697d247b722e736c69636528352c38297d2d247b722e736c6963652838297d607d636f6e737420493d33302a723b66756e6374696f6e204c2865297b72657475726e21652e7965732e6c656e6774687d66756e6374696f6e205228652c74297b6c6574206e3d5b2e2e2e652e712c745d2c723d6e2e66696e64496e64657828653d3e214c286529293b72657475726e206e2e6c656e6774683e36342626723e3d3026266e2e73706c69636528722c31292c7b2e2e2e652c713a6e7d7d66756e6374696f6e207a2865297b72657475726e20652e712e66696e64284c293f3f652e715b305d7d66756e6374696f6e20422865297b72657475726e20652e712e66696c74657228653d3e652e6e6f2e6c656e677468292e736c696365282d3136292e6d617028653d3e652e6964297d66756e6374696f6e205628652c74297b72657475726e214c2865292626742d652e61743e497d66756e6374696f6e20482865297b72657475726e20653c3230307c7c653e3d3330302626653c3430307c7c653e3d3530307c7c5b3430382c3432352c3432395d2e696e636c756465732865297d66756e6374696f6e205528652c74297b72657475726e20482874293f607265747279603a743c3330303f60646f6e65603a4c2865293f5b3430342c3431302c3432325d2e696e636c756465732874293f606f766572603a607265747279603a6064726f70706564607d66756e6374696f6e205728652c74297b72657475726e204d6174682e6d617828743f2e6e3f3f302c2e2e2e652e712e6d617028653d3e652e6e29297d66756e6374696f6e2047287b746f6b656e3a652c707572706f7365733a747d2c6e2c72297b6c657420693d742e666c61744d617028287b69643a742c676976656e3a727d2c69293d3e652e77697468647261776e496e64657865732e696e636c756465732869297c7c7226266e2e696e636c756465732874293f5b695d3a5b5d293b72657475726e204d28722c652e746578742c652e6361706162696c6974792c69297d66756e6374696f6e204b28652c742c6e2c72297b6c65747b73746f7265643a692c6e6f773a612c636c6f636b3a6f2c6770633a637d3d652c7b7965733a6c2c62616e6e65723a752c6465636973696f6e3a642c70726f6d70743a667d3d742c703d753f2e707572706f7365733f3f5b5d2c6d3d28693f2e707572706f7365733f3f5b5d292e66696c74657228653d3e652e676976656e292e6d617028653d3e652e6964292c683d5b2e2e2e6e657720536574285b2e2e2e6d2c2e2e2e652e6c6f63616c2e712e666c61744d617028653d3e652e796573295d295d2c673d742e6e6f3f3f5b2e2e2e6e657720536574285b2e2e2e682c2e2e2e702e666c61744d61702873295d295d2c5f3d682e66696c74657228653d3e672e736f6d6528743d3e743d3d3d657c7c742e73706c697428602f60295b305d3d3d3d657c7c652e73706c697428602f60295b305d3d3d3d7429292c763d672e66696c74657228653d3e21682e696e636c75646573286529292c793d4d6174682e6d617828722c5728652e6c6f63616c2c6929292b312c623d693f2e746f6b656e3f2e6361706162696c6974793f3f652e6c6f63616c2e632c783d623f3f286c2e6c656e6774683f50286e2e72616e646f6d28333229293a6060292c533d642626752c7b6c6f63616c3a437d3d652c773d6c2e66696c74657228653d3e702e736f6d6528743d3e742e6f776e5f73746174656d656e742626732874292e696e636c7564657328652929292c543d6c2e66696c74657228653d3e21772e696e636c75646573286529293b66756e6374696f6e20452865297b6c657420743d4f626a6563742e656e74726965732865292e666c61744d617028285b652c745d293d3e742e666c61744d617028743d3e7b6c65745b6e2c725d3d742e73706c697428602f60292c693d702e66696e6428653d3e652e69643d3d3d6e292c613d653d3d3d60676976656e603f693a766f696420303b72657475726e2069262621692e76656e646f72733f2e5b305d3d3d2121723f5b5d3a7b707572706f73653a6e2c2e2e2e7226267b73636f70653a7b76656e646f723a727d7d2c6465636973696f6e3a652c2e2e2e613f2e6f776e5f73746174656d656e7426267b6578706c696369743a21307d2c2e2e2e613f2e6770632626632626643f2e6770635f73686f776e26267b6770635f61636b6e6f776c65646765643a21307d7d7d29293b69662821742e6c656e6774682972657475726e3b6c657420723d432e633d3d3d783f432e733a302c733d4628612a3165332c6e2e72616e646f6d28313029292c6c3d7b6576656e745f69643a732c6e6f746963653a533f2e6e6f746963652c6c616e67756167653a533f2e6c616e67756167652c76617269616e743a533f2e76617269616e742c6d6574686f643a652e676976656e3d3d3d773f60666f726d603a643f2e6d6574686f643f3f60617069602c62617365645f6f6e3a4d6174682e6d617828722c693f2e746f6b656e3f2e7365713f3f30292c61667465723a422843292c6465636973696f6e733a742c6f636375727265645f61743a6e6577204461746528612a316533292e746f49534f537472696e6728292c7369676e616c733a7b6770633a637d2c75695f686173683a643f2e75695f686173682c737572666163653a60776562602c70726f6d70743a652e676976656e3d3d3d28542e6c656e6774683f543a77293f663a766f696420307d2c753d7b69643a732c6e3a792c61743a6f2c7965733a652e676976656e3f3f5b5d2c6e6f3a5b2e2e2e652e77697468647261776e3f3f5b5d2c2e2e2e652e726566757365643f3f5b5d5d2c633a782c626f64793a6c7d3b433d52287b2e2e2e432c633a782c733a727d2c75297d62262645287b77697468647261776e3a5f2c726566757365643a6c2e6c656e6774683f5b5d3a767d292c6c2e6c656e677468262628542e6c656e6774687c7c762e6c656e67746829262645287b676976656e3a542c726566757365643a767d292c772e6c656e677468262645287b676976656e3a777d293b6c657420443d7b6e3a792c6c6f63616c3a432c77697468647261776e3a5f7d3b72657475726e216c2e6c656e67746826265f2e6c656e6774683d3d3d682e6c656e6774682626285f2e6c656e6774687c7c647c7c21742e6e6f293f7b2e2e2e442c76616c75653a6a28792c612c753f2e6e6f746963652e736c69636528372c3135293f3f693f2e6e6f74696365383f3f60303030303030303060297d3a6d2e736f6d6528653d3e5f2e696e636c75646573286529293f7b2e2e2e442c76616c75653a4728692c5f2c79297d3a6c2e6c656e677468262669262621692e746f6b656e3f7b2e2e2e442c76616c75653a6a28692e6e2c302c692e6e6f7469636538297d3a447d636f6e737420713d28652c742c6e293d3e653f2e736f6d6528287b707572706f73653a652c73636f70653a722c6f7574636f6d653a697d293d3e693d3d3d7426266e2e696e636c7564657328723f2e76656e646f723f60247b657d2f247b722e76656e646f727d603a6529293b66756e6374696f6e204a286e297b6c657420723d7b6e3a302c76616c75653a60607d2c693d302c613d302c6f3d21312c733d21312c633d21312c6c3d6e6577205365742c752c643b66756e6374696f6e20662865297b6e2e77726974654c6f63616c28652e637c7c652e6b7c7c652e712e6c656e6774683f4a534f4e2e737472696e676966792865293a766f69642030297d66756e6374696f6e207028652c74297b66287b2e2e2e652c6b3a6e2e7772697465436f6f6b69652874293f766f696420303a747d292c6d28297d66756e6374696f6e206d28297b6c65747b73746f7265643a657d3d6e2e7669657728293b652626652e6e3e3d722e6e262628723d65297d66756e6374696f6e206828297b6c65747b73746f7265643a652c6c6f63616c3a747d3d6e2e7669657728293b652626652e76616c7565213d3d722e76616c75652626652e6e3c4d6174682e6d617828722e6e2c692926267028742c722e76616c75657c7c766f69642030292c6d28297d66756e6374696f6e20672865297b652e62616e6e65723d3d3d75262628652e70726f6d70743d64293b6c65747b6e3a742c6c6f63616c3a722c76616c75653a612c77697468647261776e3a6f7d3d4b286e2e7669657728292c652c6e2c69293b72657475726e20693d742c652e7965732e6c656e677468262628753d643d766f69642030292c613f7028722c61293a662872292c61262621722e632626652e62616e6e657226265f286072656675736564602c652e62616e6e65722c74292c6e2e6368616e67656428292c4f28292c6f7d66756e6374696f6e205f28652c7b6e6f746963653a747d2c72297b6e2e706f7374286074616c6c696573602c7b6e6f746963653a742c63686f6963653a657d2c766f696420302c72292e7468656e2868297d66756e6374696f6e20762865297b696628753d3d3d652972657475726e3b753d652c643d766f696420303b6c65747b6e6f746963653a742c6c616e67756167653a722c76617269616e743a697d3d653b6e2e706f7374286070726f6d707473602c7b6e6f746963653a742c6c616e67756167653a722c76617269616e743a697d292e7468656e28287b626f64793a747d293d3e7b753d3d3d65262628643d742e70726f6d7074297d297d66756e6374696f6e207928652c7b633a722c6e3a692c7965733a617d297b6c65747b73746f7265643a6f2c6c6f63616c3a737d3d6e2e7669657728292c633d742860672e247b697d2e247b657d2e247b727d602c6e2e73697465293b69662821633f2e746f6b656e7c7c632e746f6b656e2e7365713c732e737c7c6f2626286f2e746f6b656e3f6f2e61743e632e61743a6f2e6e3e3d69292972657475726e21313b6c6574206c3d732e712e666c61744d617028653d3e652e6e3e3d693f652e6e6f3a5b5d293b666f72286c65742065206f66206f3f2e746f6b656e3f2e77697468647261776e496e64657865733f3f5b5d297b6c65747b69643a747d3d6f2e707572706f7365735b655d3b286f2e6e3e697c7c21612e696e636c756465732874292926266c2e707573682874297d72657475726e207028732c4728632c6c2c4d6174682e6d617828692c6f3f2e6e3f3f302929292c21307d6173796e632066756e6374696f6e206228652c742c722c69297b6c65747b73746f7265643a612c6c6f63616c3a6f7d3d6e2e7669657728292c733d693e3d57286f2c6129262621613f2e746f6b656e3f2e77697468647261776e496e64657865732e6c656e6774682c633d6177616974206e2e706f737428652c742c722c733f693a766f69642030293b72657475726e206828292c637d6173796e632066756e6374696f6e20782865297b6c65747b626f64793a742c633a6e2c6e3a722c7965733a697d3d652c613d61776169742062284c2865293f607769746864726177616c73603a60636f6e73656e7473602c742c6e2c72292c7b636f6f6b69653a6f2c6465636973696f6e733a737d3d612e626f64793b6966286f7c7c217128732c60656666656374697665602c69292972657475726e20613b6c657420633d617761697420622860636f6f6b6965602c7b7d2c6e2c72293b72657475726e20632e7374617475733d3d3d3230303f7b2e2e2e612c626f64793a7b2e2e2e612e626f64792c636f6f6b69653a632e626f64792e636f6f6b69653f3f6e756c6c7d7d3a637d6173796e632066756e6374696f6e20532865297b696628216c2e686173286529297b666f72286c2e6164642865293b3b297b6c65747b6c6f63616c3a742c636c6f636b3a727d3d6e2e7669657728292c693d7a2874293b69662821697c7c4c286929213d3d657c7c7329627265616b3b6966285628692c7229294328692c7b7374617475733a3431302c626f64793a7b7d2c726574727941667465723a307d293b656c736520696628214328692c617761697420782869292929627265616b7d6c2e64656c6574652865297d7d66756e6374696f6e204328652c7b7374617475733a742c626f64793a722c726574727941667465723a697d297b6c6574206f3d5528652c74292c733d4c2865293b6966286f3d3d3d607265747279602972657475726e20737c7c6e2e70726f6772657373286070656e64696e6760292c442869293b613d303b6c65747b73746f7265643a632c6c6f63616c3a6c7d3d6e2e7669657728292c753d6c2e712e66696c74657228743d3e742e6964213d3d652e6964292c643d6f3d3d3d60646f6e65603b696628752e6c656e6774683d3d3d6c2e712e6c656e6774682972657475726e206426267728652c72292c21303b6c6574206d3d7b2e2e2e6c2c713a752c733a6426266c2e633d3d3d652e633f4d6174682e6d6178286c2e732c722e7365713f3f30293a6c2e737d2c683d652e6e3e3d57286c2c63293b732626633f2e746f6b656e2626632e6e3c652e6e3f70286d2c4728632c652e6e6f2c652e6e29293a66286d292c642626722e636f6f6b696526267928722e636f6f6b69652c65293b6c657420673d6e2e7669657728293b21672e73746f7265643f2e746f6b656e262621752e6c656e677468262666287b733a302c713a752c6b3a672e6c6f63616c2e6b7d292c6426267728652c72293b6c6574205f3d7128722e6465636973696f6e732c6073757065727365646564602c652e796573293b72657475726e217326266826266e2e70726f677265737328642626215f3f607361766564603a60616761696e60292c6e2e6368616e67656428292c21307d66756e6374696f6e2077287b633a652c6e3a742c7965733a727d2c7b636f6f6b69653a692c7365713a613d307d297b6c65747b73746f7265643a6f2c6c6f63616c3a737d3d6e2e7669657728293b21722e6c656e6774687c7c21697c7c732e637c7c216f7c7c6f2e746f6b656e7c7c6f2e6e3c747c7c2866287b2e2e2e732c633a652c733a617d292c67287b7965733a5b5d2c6e6f3a727d29297d6173796e632066756e6374696f6e205428297b6c657420743d6e2e7669657728292c7b746f6b656e3a692c6e3a6f3d302c6e6f74696365383a633d60607d3d742e73746f7265643f3f7b7d3b69662821697c7c742e6c6f63616c2e712e6c656e6774687c7c737c7c742e6e6f773e3d692e657870697265732972657475726e3b6c6574206c3d742e6e6f772d692e7369676e65643b6966286c3e3d3026266c3c393030262621692e77697468647261776e496e64657865732e6c656e67746826266528692c74292972657475726e3b6c65747b7374617475733a752c626f64793a642c726574727941667465723a667d3d617761697420622860636f6f6b6965602c7b7d2c692e6361706162696c6974792c6f292c7b73746f7265643a6d2c6c6f63616c3a682c6e6f773a677d3d6e2e7669657728293b69662875213d3d323030262675213d3d3431302972657475726e20766f696420442866293b613d302c6d3f2e746f6b656e3f2e6361706162696c6974793d3d3d692e6361706162696c697479262628642e636f6f6b69653f287928642e636f6f6b69652c7b633a692e6361706162696c6974792c6e3a6f2c7965733a5b5d7d2926266e2e636c6f636b4973286e2e7669657728292e73746f7265642e6174292c452829293a6d2e6e3d3d3d6f262621682e712e6c656e677468262628723d7b6e3a302c76616c75653a60607d2c70287b733a302c713a5b5d7d2c642e6d61795f61736b3d3d3d21313f6a286f2c672c63293a766f6964203029292c6e2e6368616e6765642829297d66756e6374696f6e204528297b6c65747b73746f7265643a652c6c6f63616c3a747d3d6e2e7669657728292c723d653f2e746f6b656e3f2e77697468647261776e496e64657865732e6d617028743d3e652e707572706f7365735b745d2e6964293f3f5b5d3b637c7c742e712e6c656e6774687c7c21722e6c656e6774687c7c28633d21302c67287b7965733a5b5d2c6e6f3a727d29297d66756e6374696f6e20442865297b696628737c7c3d653e302c6f2972657475726e21313b6f3d21303b6c657420743d4d6174682e6d696e283165332a322a2a612b2b2c326535292a28312b6e2e72616e646f6d2831295b305d2f353132293b72657475726e206e2e77616974284d6174682e6d617828742c652a316533292c28293d3e7b6f3d733d21312c4f28297d292c21317d6173796e632066756e6374696f6e204f28297b6d28292c61776169742053282130292c6177616974206e2e6c6f636b286173796e6328293d3e7b61776169742053282131292c6177616974205428297d297d72657475726e7b7265636f72643a672c636f756e743a5f2c73686f776e3a762c666c7573683a4f2c726566726573683a6d7d7d6173796e632066756e6374696f6e20592865297b6c65747b6f7074696f6e733a742c656e6465643a6e2c6b65793a727d3d652c6f3d7b7369676e616c3a6e7d2c6c3d692828293d3e6e65772042726f6164636173744368616e6e656c287229292c753d6177616974204e28652c7b6368616e67656428297b4328292c6c3f2e706f73744d6573736167652830297d2c70726f67726573733a427d292c643d4a2875292c662c702c6d3d21312c683d21312c673d21312c5f3d21312c763d2428652e766965772829292c792c623d21312c783d21312c533d21313b66756e6374696f6e204328297b652e6368616e67656428292c752e77726974654361636865436f6f6b69653f2e28293b6c657420743d2428652e766965772829292c6e3d762e66696c74657228653d3e21742e696e636c75646573286529293b763d743b6c657420723d5f3b745b305d2626216226267728292e63617463682861292c6e5b305d26267728292e7468656e28653d3e65286e2c742c7229292e63617463682861292c4528292e63617463682861297d6173796e632066756e6374696f6e207728297b623d21303b6c657420743d617761697420696d706f727428222e2f636c6561722e643239383131326137372e6a7322293b72657475726e20793f3f3d742e636c65617257697468647261776e2865292c797d6173796e632066756e6374696f6e205428297b72657475726e2077696e646f77213d3d77696e646f772e706172656e74262628617761697420696d706f727428222e2f6672616d65732e663031656534396239622e6a732229292e6f7574657242616e6e65722865297d6173796e632066756e6374696f6e204528297b696628703d617761697420652e62616e6e657228292c2170297b787c7c617761697428617761697420696d706f727428222e2f6578706c61696e2e643065366131613231352e6a732229292e6578706c61696e2865292c783d21303b72657475726e7d6c657420743d6177616974205428292c723d652e7669657728292c693d2174262628677c7c216826266328702c72292e6c656e6774683e30293b6966286e2e61626f727465642972657475726e3b2153262621742626722e6770632626702e707572706f7365732e736f6d6528287b69643a652c6770633a747d293d3e742626214d28652929262628533d21302c642e636f756e7428607369676e616c602c7029293b6c657420613d69213d3d6d3b6d3d693b6c6574206f3d617761697428613f4428293a66293b612626286d3f6f2e70726f6d707428293a6f2e636c6f73652829292c747c7c6f3f2e636f6e74726f6c28297d66756e6374696f6e204428297b72657475726e20663f3f3d4f28292e636174636828653d3e7b7468726f7720663d766f696420302c6d3d21312c657d292c667d6173796e632066756e6374696f6e204f28297b6c657420723d617761697420652e62616e6e657228293b6966282172297468726f77204572726f72286073616d7479636b653a20746865207365727665722063616e6e6f74206265207265616368656460293b6c657420693d6b287b646f63756d656e743a722c6f7074696f6e733a7b636f6e74726f6c3a606175746f602c706f736974696f6e3a60626f74746f6d602c6c61796f75743a6063617264602c7468656d653a606175746f602c6465636c61726174696f6e3a60247b652e7365727665727d6465636c61726174696f6e2f247b742e6b65797d602c2e2e2e747d2c6765742067706328297b72657475726e20652e7669657728292e6770637d2c63686f73656e3a502c61636b6e6f776c65646765643a4d2c61736b65643a28293d3e412872292c6368616e6765733a28293d3e722e6368616e6765732e66696e6428287b73696e63653a747d293d3e743d3d3d652e7669657728292e73746f7265643f2e6e6f7469636538292c74657374696e673a742e6b65792e737461727473576974682860706b5f746573745f60292c6465636964653a653d3e4928652c72292c73686f776e3a28293d3e642e73686f776e2872297d293b72657475726e206e2e6164644576656e744c697374656e6572286061626f7274602c692e756e6d6f756e74292c697d66756e6374696f6e20412874297b6c6574206e3d6328742c7b2e2e2e652e7669657728292c64656665727265643a21317d293b72657475726e20672626216e5b305d3f742e707572706f7365732e666c61744d61702873292e66696c74657228653d3e2150286529293a6e7d6173796e632066756e6374696f6e206a2872297b72262628742e6c616e67756167653d72293b6c657420693d703f2e6c616e67756167653b703d617761697420652e62616e6e6572282130293f3f703b6c657420613d617761697420663b69662821707c7c6e2e61626f727465647c7c693d3d3d702e6c616e67756167657c7c28646f63756d656e742e717565727953656c6563746f7228602e73616d7479636b652d656d62656460292626696d706f727428222e2f706c616365686f6c6465722e333830646565356535302e6a7322292e7468656e28653d3e652e7570646174652829292c2161292972657475726e3b6c6574206f3d646f63756d656e742e717565727953656c6563746f7228602e73616d7479636b652d7365636f6e6460293b612e756e6d6f756e7428292c663d766f696420303b6c657420733d6177616974204428293b6d2626732e70726f6d707428292c6f2626617761697420732e73657474696e677328292c6177616974205428297c7c732e636f6e74726f6c28297d66756e6374696f6e204d2874297b72657475726e2121652e7669657728292e73746f7265643f2e707572706f7365732e736f6d6528653d3e5a28652e69642c74292626652e676976656e262621652e677063297d66756e6374696f6e20502874297b6c6574206e3d652e6b6e6f776e3f2e707572706f7365732e66696e6428653d3e652e69643d3d3d74292c723d6e3f73286e292e6d61702846293a5b462874295d3b72657475726e20722e696e636c75646573282130297c7c21722e696e636c75646573282131292626766f696420307d66756e6374696f6e20462874297b6c65747b73746f7265643a6e2c6c6f63616c3a727d3d652e7669657728292c693d5b2e2e2e722e715d2e7265766572736528292e66696e6428287b7965733a652c6e6f3a6e7d293d3e652e696e636c756465732874297c7c6e2e696e636c75646573287429293b72657475726e20693f692e7965732e696e636c756465732874293a6e2626286e2e746f6b656e3f6e2e707572706f7365732e66696e6428653d3e652e69643d3d3d74293f2e676976656e3a2131297d66756e6374696f6e204928652c74297b696628673d21312c652e6b696e643d3d3d60636c6f736560297b683d21302c692828293d3e73657373696f6e53746f726167652e7365744974656d28722c60646029292c642e636f756e7428606465666572726564602c74292c4328293b72657475726e7d6c65747b6b696e643a6e2c676976656e3a612c726566757365643a6f7d3d652c733d7a287b7965733a612c6e6f3a6e3d3d3d6072656a656374603f766f696420303a6f2c62616e6e65723a742c6465636973696f6e3a657d293b612e6c656e6774687c7c5628732e6c656e6774683f6077697468647261776e603a60736176656460297d6173796e632066756e6374696f6e204c2874297b6c6574206e3d617761697420652e62616e6e657228292c723d58286e292e66696c74657228653d3e5128652c7429292c693d6177616974205428292c613d692626212860616c6c6f77656460696e2069293b696628216e7c7c617c7c21722e6c656e6774687c7c722e736f6d6528287b6f776e3a657d293d3e65292972657475726e205528293b49287b6b696e643a6073617665602c676976656e3a722e6d617028287b69643a657d293d3e65292c726566757365643a5b5d2c6d6574686f643a60627574746f6e602c6770635f73686f776e3a652e7669657728292e6770637d2c6e297d6173796e632066756e6374696f6e20522874297b6c65747b73746f7265643a6e2c6c6f63616c3a727d3d652e7669657728292c693d6e7c7c722e712e6c656e6774683f703a617761697420652e62616e6e657228292c613d722e712e666c61744d617028287b7965733a657d293d3e652e6d617028653d3e287b69643a657d2929292c6f3d5b2e2e2e6e3f2e707572706f7365733f3f5b5d2c2e2e2e582869292c2e2e2e615d3b673d21312c7a287b7965733a5b5d2c6e6f3a7426265b2e2e2e6e657720536574286f2e666c61744d617028653d3e5128652c74293f652e69643a5b5d29295d2c62616e6e65723a697d292e6c656e677468262656286077697468647261776e60297d66756e6374696f6e207a2865297b5f3d21303b6c657420743d642e7265636f72642865293b72657475726e205f3d21312c747d66756e6374696f6e20422865297b687c7c3d653d3d3d607361766564602c673d653d3d3d60616761696e602c562865292c4328297d66756e6374696f6e20562865297b663f2e7468656e28743d3e742e73617928653d3d3d60616761696e607c7c21703f60603a702e776f7264735b655d29292e63617463682828293d3e7b7d297d66756e6374696f6e20482865297b6c657420743d652e7461726765742e636c6f7365737428605b646174612d73616d7479636b652d616374696f6e3d73657474696e67735d3a6e6f74282e73616d7479636b65202a2960293b69662821742972657475726e3b6c65747b687265663a6e7d3d743b702626652e70726576656e7444656661756c7428292c5528292e636174636828653d3e7b612865292c7026266e26266c6f636174696f6e2e61737369676e286e297d297d6173796e632066756e6374696f6e205528297b6c657420653d6177616974205428293b696628652972657475726e20652e6f70656e28293b617761697428617761697420442829292e73657474696e677328297d66756e6374696f6e205728297b642e7265667265736828292c4328297d66756e6374696f6e204728297b5728292c642e666c75736828297d666f72286c65742065206f665b606f6e6c696e65602c607061676573686f77605d296164644576656e744c697374656e657228652c472c6f293b646f63756d656e742e6164644576656e744c697374656e657228607669736962696c6974796368616e6765602c28293d3e646f63756d656e742e68696464656e7c7c4728292c6f292c6c3f2e6164644576656e744c697374656e657228606d657373616765602c572c6f292c6164644576656e744c697374656e6572286073746f72616765602c653d3e28652e6b65793f3f7229213d3d727c7c5728292c6f292c646f63756d656e742e6164644576656e744c697374656e65722860636c69636b602c482c6f293b6c6574204b3d6e6577204d75746174696f6e4f627365727665722828293d3e742e6c616e67756167657c7c766f6964206a28292e6361746368286129293b72657475726e204b2e6f62736572766528646f63756d656e742e646f63756d656e74456c656d656e742c7b61747472696275746546696c7465723a5b606c616e67605d7d292c6e2e6164644576656e744c697374656e6572286061626f7274602c28293d3e7b4b2e646973636f6e6e65637428292c6c3f2e636c6f736528297d292c4728292c28742e636f6e74726f6c213d3d606e6f6e65607c7c652e7669657728292e6770632926264428292e7468656e28432c28293d3e7b7d292c7b6f70656e3a552c6772616e743a4c2c77697468647261773a522c7365744c616e67756167653a6a7d7d66756e6374696f6e20582865297b72657475726e28653f2e707572706f7365733f3f5b5d292e666c61744d617028653d3e732865292e6d617028743d3e287b69643a742c63617465676f72793a652e63617465676f72792c6f776e3a652e6f776e5f73746174656d656e747d2929297d636f6e7374205a3d28652c74293d3e653d3d3d747c7c652e737461727473576974682860247b747d2f60293b66756e6374696f6e2051287b69643a652c63617465676f72793a747d2c6e297b72657475726e206e2e736f6d65286e3d3e6e3d3d3d747c7c5a28652c6e297c7c5a286e2c6529297d66756e6374696f6e2024287b73746f7265643a652c6c6f63616c3a747d297b72657475726e28653f2e707572706f7365733f3f5b5d292e66696c74657228287b69643a652c676976656e3a6e7d293d3e6e262621742e712e736f6d6528743d3e742e6e6f2e696e636c7564657328652929292e6d617028287b69643a657d293d3e65297d6578706f72747b59206173206174746163687d3b', '\x1b7f61519492dafa03e8e178038647f530a28a4e4c8b537308c628d7643b1f6531c6f5b00d9a27552b8f8c50c8f16bbfc5084966f74df775ba4efe6c2bd3cae9d70a4ccbb258b1954460cb4196697ef8beb9f27476d12a64099522dd80e59df9dbd1809cca5acc6b5cfe6fb3f474452e7a5fcfa2d94efb442b97d2f186cf80668729c04a5a1322b89f62faa6f955eb4870ce633a54c6d3cdf127f4b11316d0c25a3b6b157f2479deb5b5266ff019fd6058c28574418c26e15f15d369ae02befdae4c2e240839c9e4316b11c2945279345135a7954987ff4803a02a95320d5f691b6e555f15a7db6eccc4febdd9cab4995be46d90181f2a6391b3e1258194dfbcf7feffb7bfcd48bfbb676abb7b86dae90154ecb0d4312c5b07ecf2fb3348dd0d5735b077550372832cc8b2671d773e930d15a57b17c9b820946e320e7eaf48a839e73272d5ddffee5ee93a430d6984808a12105786e923b844c8eedb5b94fd5b98e12d427e0b51de02d4b74466957ab5b160bb96e44232bf5cf31c4fb21e64945f7ca865daa2b068bf1712bb6383405e278c74cbd6d8207f8dedb00d7d80495517cb48ebc900d4bf8aed328b22106ac8672a7fb95f7ce415015127a91cc47ae123003313ddb111226b19a87afe75394243fe66b2400a271fb2039fb0b84b22d40f0db0e32e7e9cb4879725f19fae8bc058a70a5177557b79e71bb8e17af4da9fa8e1f9b2fd3fe6224bed0ed565682bfa2353353c84075c6fbdab0ae69b2bcaea7612180c8be8267830af6f03fdf861c9985795c75aec513960fcbedd33babf31d4ff0cda2b66000ed72c632af08bb043551f703970637d2072b5e265d06ec6cfeed31c30aee6eb022daba7ddfc2def630e1122f1ae85da02dac3ba42b13768c44e2eb48793fc59e05b04edc57635608548ba1a88e0f07940ca3ccd0e26815856e37c13f6d8bc58377a0383430528b2885b8fc31220c31a0ee8c89af098ab690d3c2dab2810159825eaf88b97321ff1efbea2c6aa0ab0b2b70c01aa6328ed2e55f67bac5da3648a7e4c71d3a2b35380e4bc2c6ab55b7dd7cdca080428868c63b494c687ac43dfe4325524bf9e1329bd25312ff90dc52cf81d51b2fa146c73db160638dc9392f1de2bfdf66c9a2d9568763c75a4c17e0be9d7729ddd9cd405c2e0f5e745ad16853b2788e46e7a0e411253b4ab23c1302cd127e2661389baf71042c3eed49068dc7f6c4bd8dc62c0dbd542b807818fe81031bef3c84b40de62226557749e5ee8baee874e58dc8203c287eb79fa1d8ea6ee859002b5828f254810bb4d7dd29b17f8ef100285ff4cec40a6bd83078545603c131a379ffcdc1c4c746571fc2c70a74c8a92f131b2a9ce63b108c0c5643c0cebc8f60334225251871bd446b67c0f3491bb0077a42c925183bf7da0f78882d01dc95386698f19bf9d8b28eaf4011f2afa14dbfb8e48469a7c68cd1c61d22130c20579859f28c14020d411200c641170edea763ea273d842381e90590216c6b6dbeb7847fbbb52a7bef5d298e80a465fdfd47efe9557088b5466b1736d783794b45d3b17917a33556343faf68942bfbdb945ef224def8f68fe1796837561634bf1dd7749b015ab96702ea2f88f25d6446f96fe03fdd58f4e8fdfe7cf34d5befe8825061f5dc61d07977a471b2050b2e851d5e32a35d0748e12012bef1547d36ee66b961ba6501bbcb2d2e15dc270a6f22e45e9301645620a891ab084184cb568cb2825d665a7b5ad8f04b3b1593d260e3a03d48e513ff5af3ba88f5487486d5b45033a25479b7564ad04c33a0e3a783b88435c16cd8845dd9eadba77269350823b60fb202fc31374cd17eb175792e00bbf7e8c58c4fcff868157a089f3a7b6a2ed056854a90201d4da2e47e9790e704951c3d6e98316a064dc466907dc72d3ab94036f2347be7e53407c52860ee8bc23d410288c38e6eaf6e3e280509d70664186c44b0cd79292d561a221c114bda6a4d3fa01f0ba29e1e9785086f4d30eb62b2f40ed7f28d44a35eff9111db9e8d2dc071da5d9d2a94d748b5f13f3e20f987a07a4c40d9cedcbe76c486c33dc5aa35079c6f89300c99629bafdfb4e035baab463a141448acfcde8a413adcbe834cb7fba9f78d760a8e37061b0f7fd122ab284637c4e4d50080ca96e50eb5a2996d553e9999edd8e98363038b005f350a01ca1a8edd1d3c3f57c899efb29520340bbbc78d202b605500bf19bfbd4e5e55718503418baa992b70b141e545c55d0fecf96409d06b7419789189ed07a0f5727970e4b0f13c34c8c2725e7fddfa0eedc3ee074326a0943e9d876c088abde455f99329a06825e4c261ab7c15e13cc6c4094d183a9c2e6ca86598174db786bcc55ad3b97fd46cb9ad6b1a602ad05ab02f2f92aa7bed68fa3a9ad086ea3b91bfa56d855991b0e98d8f5db0fa82ae58a496d18a889ad32d265076380d0f7aa3ee1146642ddae4fac1d73663f62f4867d5a9c0d384e5ce75bb61819603d79ba760bf9f7e83f976a86771625f13e6b89c4c67e6e8ebe3be3cc594731bdcf7aa22aecb763daa6ac44e313381d9d8634b81450812d9c566a586e8435e71f14af135067c1bfba1764382b70b23e9d09b1715d2e43309b99a9ffa662443e66be80ff90268030cbc10b84fad3c0ea83a2cc441341c8bc25d6cb84ba8e48b456c4d051689c2934d4f517bcaf05e47d90ae37f3612518fdd6cb8e7ccd31fb8dbff7d2d9632ecda87fac38b937b12b366a8003ea26605420d2d29bf01ace77cc8479f189f161cdc5488e36a0cd8ee5f898e61a066e8ecc7146a738bebcff09768e48a4bcb80a4dfded48f490718de9f201a91fe304096d988908ad2c38572ed36707a6f3e21580846464dae8790e951c868ef7c7682d492e9954954578c50b920617178c288dd5e76c26bd75983f450d5dbb31abf62db576e185b09110bedc33cb72ac1909b7021868fef750ff1ff6fe9f9bf4c4dd79fd79bfb4bba0b9912f04a16ebc15bb4f9b45328314bafcebcd36cb548098e9adfc78650d041af3d0dd0a54d10c4451b97e0f99efd70c02faea87e6bf5c9d961a46709b2aa65456edb5c05236e06210b5a5c1959fdbf31aeb1644d793d2fb8b6fd24b3efff494a619956c2c83a2c8434eaa009f9b3c4b64aaaacdb749c3b7c3736fb3fd21655d719527f560d1ba697d8815966d52a0de898b3389570afb29582c9c8830de4c2ab8c846f47c814d937e4cda918db003311f930ecca6de868422dc74de6e93e5afd8111a9255add3bfd11ae875563c53ba8fb3834a51174dac589dbcf5f83da997dd859cef649255b0dd4d0e6f76e11fb3da2fd23d422a7d9b35000c401c1177a2de4be6cd35ddf2fdb8b4fd255c7397dfacdbe7a7793bfd693f9ff14e47c0b43afc4c7659f17e875f96ef5bccde094cb9d4b039473d71c66af69f1ff6e807c6d239ecf2db4fabf73f0ca18d7579b61d692ca174e1210d0736d2619f57666a97861e8d19d0993c9654e105aa7b8ac6104814d5176a0ab2eb1ad3a433e7c0ae4918e9628fea288ae4ea98d30f0c0c7aacb8d79dcede850cb4faeadf3412bed48d9056979fc7f2389b504a36ebfe83a1f5590ed8cb1ea3ef767a94329b9af35c10f87892a5a28fe80b2a4cdd91c4f2bdc774d6e9610931811d4bbd859dfdd4a48e5fa7e17a58e47f29fa2515fee8f1bc1cc0cc6a1a1bdc8c67268aed3bb5391c236b3e1b5e32a583278e2036e6e7b01e8e1fa027e687d6d5db0ee616e891a9b74c11c2c470268264e09a9eaf7acfb8f5b8079a7c1e90c4149f8a6fa26b1cfc3120b0cbc7444a866cb403a41d950e286b8ea30325fb9b7038e06bcf4cfc562911bd352b1c476d4c60e7c124e8a6d0801eec38e5038fa4cae2f096ed1f7c251b2367c8cb1a667da88c0bd19c23408816b3861b87d2402749e4f9dec5793523583fa8453ea6501bd6dbdaadf6882feb1475c2180d6d8c4570d363e74286a9fdbab3e712b896825966f10fec46fd0002af11d3870b54ce7c95ede1d01a57e796047917e95baefc85404a5c380360e082e7c7a65cff3ca9d153610c3f56f876d563b7dab3f02a45612321ab25c8fc4c4a0403c343fdac3644f1a982d754274e6a5e41babe1c604e282f8b3143ad09e898a8fc58c434fb1002f4d32c0b907597b318d8383e05c841463059c698d0066b596f9c0a0b80dabe91839675be7e3a2cb6bcb5ea7abf6f449cf1e7834e5c0342036171880a769fe1e71c95450df62f981b8386bbb73988450c63834ff88eff1e89c73787e505c9011c0875fda0a73b0cde1a53c580bb43e5f698b2688e1f6a0572d3b33010f9c6198ad845ffbed56df7d4bb07206b1fc70fcd2251fad7db7d1aa0f171ea8ad1d95da9a06812725b5b0569372071b91914d80661f0f6e3995c1558aae5491530d0fde6b0ad0feae261ccbfb2ed6f94d013feb3c1f16da121e8e10416ca11a1f4fa5d179f46ddcb2c4b3362586322638dd057f4f4ede468a0530f03459e55c42c3e68427a34b2c1856d0fbd923b18caf72a8cb0cc0fca3970e04515bf2c215f0b5d26eed992afde453259171063262682aa0d1291fd115969cc1a152a7d430732f97f91c87dcb1a6c34d709169b85c9991d514e183d65f6aa4afbebc330886dbe4266f1be4d8e4d3292a4dadab3e524631d470d852316fbb51178caca46f86137f90c86376881a10c7adb77adb43881552b6396ee44c0dfd6d741ae6572b8dba59599eab76f804d6d3ed7af7baef227edfbc4224e8a6836892df5e3d64e810de34e8835c25e71cf05bfe1402927f9687dfd8e8f02f8c24cca3a18eb1730902e6b08f5bee5c34cfc679c60a445d7665b6bc1073606963e7ed716b08cd07c4c55310d39d9d68c06ab22cdbd2e47990fab4126b7ad73502965d0a5ad77ed1103c9ecc081255dd5e8fe1e565f517d047d3e7e284bee4b1296e2084f7a95a30d8a9be9fa495ccc9e7340972d55905b42269379f210bd9e1b64f442aab1a0abcbfce149b5de096bf6686c1188dbf9da06c2968af9e4fe9efa90331fee90c5f393cc773370a3d744cc9325f6fdede9c95d2d72e1c9244673d258b5b391f988c75cd52b1805a245d16ecc9c608c7c50e0660f3840c3edb3c00b62a251160e753d4d2abfd9a63b0c36765cbdf5c9b00e8da6413cd087d798cf106009c7c3d940650268ec80acf3650da1b1c32be803b42ae67dade8ed7c9194b26f01cb6ba6b99479adfba47458bca5dcec0e23fc6dd03524d5e0007b680bdc433444a8742fcd0d32eb82ca7b0fad96abfa86d92bd0d8f593335c5478a980c5056b407f1284ac0d8825df6053c23153bffc0eaed8cc6ca05939d53d9cbb8b1af553ec57a439251de5ed3a555d6c5b944a00072f33ed5240f232db4465ca7addc2950ca8507b8ee8c8c8b76ea135f780c29908e615893b7526ccb01e3e861731a7807c1817880aa845bff7a18adbf65e6c7c3e3b0260df8d5839b9eb50fd8d9f907e344cc4e89587bf84d2cf1062f6981321dbf9420c56598cda19f5357543867b009a95c798112bd6910f3013b6c05b3da5effb3263ac8a7145d390ce2e20223926f8400c39409267aa77f64e87d077cb94905f73276599b3a5248c3eafa1f3c615ce56ecab81b15ab31b6346f4a40ba64cbaac29a74c8b5d38285b6a3e03b8521b7be3e33dc98d18146b92ecc559b4b5a8d12bcf5300d28c0053cef89adbf77f2d2aaabacad2c20fd4cf6ea4ecb8c30220661f0999a86bdb716ae276be132d6e176edf835083776016fc493d356656d56254f6e3c9d7046a2f2329bacdcc6f1276428e2ec529246077185c676f7a79244e3f5a01718352747065996736f802df3608d6e0212854808d2f66851330d5fbcb946931f83bbca356982a8d3604eec75c9f9159522b936704b2862db408d6939e6a553954c78cb2db4e6ead3b6afeadbc7895804782a331b9be4eaf67dbbba1ef05825fe829afddb951084cc4b6caead48d4a6e8f227cce8cb141249ff496b312a9c08548e4d6d19331feb3fab1f58b9abe88fe1d199839b32f26b9ec30f60fbcf3ef905d98f0d6c69111e07e58bf72fb23816018c5b99374aebdfa8954105f1e40f36d7a090420bd2f8e23803ab289db001b25451ed33c6290a4f1f16c93f324f697f3e0717c0160a53eb3673a4032c234f71d57f77a74cd969f9d5caedf1b7f66fca7ebc01fe0060b5089403b24bc03acecfe850f7be2ea43aef218df0ef7b94566217fae001121b757a85d092e1be5ee81557cc5ceda84afbec337825a9f3a231bc7705b0c7f3d089a253cf655664fd586192606b9b8e330cdab89dc23e81b0846cfd16a17329589482f411d49a1829c06b8a931df09ce249435c61d5cec7a17ddba6d3ffc6f4eccd7c0b18483985e9258a8d9ace6fbd1ed281b504b77d27497397ea9833bccfdc34893f4f919c2701e4ea3c7c394b989735a2100c83f85520659967ea9a6d94ec049d23c23aae71729c887e91f9484ca81454e077c6c53725419a4f74c617d90fb3de4d72d8fce1ba587d10f1538a273383d56893ec760265e9db11b7cd1564561f670a732c3fc37455aaff8e86884d66910b6a276c901d8c294975362129d68684dae91bb734ea467313214aa312723307df6065307285a02cba91db022ead3a397a4b4466156d96831f80f3b39e0f8d963de40db8b80876d1838f669aca5986753b0a35d39a844f234e1050422deed639a2cf3b2ea64393d569cf2bfde9788f6b355c77bb3dc94759dbb11ae9cd9d6be286700038c5ab52629045f9960c8d763524a88184612fd3ba6699ac9a19480dc0a727550fe0c1a55e98c2f6119df17ffa8bd51efcf5bf1ecf5798b7f7c11bcf3e37a716d4d5019cc33400070e88dda45a3a9d88c2268b15b156c663dd820d038aa99d742a740dcb26ab3a6044aa056937c04fa0ae3a227d99d3f70060d4135eb37d59a32a717219823a1d895fc224098deb26e744ea78bfb5e0d1d25da9e33c61fd1a7c48f440b7663dc2082603baf1f18b15866a9b010444e5a20ee7a2212ef4437937e805817bd38cfa31ff8befde138bd5c4711ef52ddfb3fd71486c23ae03eccd76184e4100e9c0ecda45130d0ed79fbdd7feda5d0ace2fc34c6463ffd6f3be581a7891def5041c1ccf0f1bf5c3cb6bdcd4cb54de10b8c3dc1e7ccb66650ce85a0f48a2752661c75fdd38018b748491321bc11d3646200208ad7e28407b4bdb27152f5af17812fc59ad3f3fbcdf859e06468a2904c6b2077e9cc63a72caeffd2cc4f0b88b3c8528789e6759807465bb7d6d36d6708f8cfd8b5ed34200a181b8d03f4e27275d4e7e99c8e1c818d9fe9fb1f709e3275a4aad572cf4d273c259a01c6152ac6328cf895dbf1a54cbcc9c5df1425eecae10964658f2cdeceeb323bf8fcf087880aa13ea0e443203b7ebf98a0c3925df1ca5000fb45cea654ab7ebf1988241c828e0616230733bd2048d3e9103002b759857b02537ba7166b2675c4e4e167bfbaebda9a58076c745432759ac3f3445cc7a7af6652f15268349f9fdeb5efe02eb7e81739f1a1db5c871a240bdc436df6807c6117ba41871a809caed4cf5b3e563b623a5c494fabdea5eedf488bd4dbd4396a0e62ccda486398db2dc159bda130d91310275d3fa6c94516fa8a436fae84183a203fb3fcd9e6096d75bb796f7766e41468fec1c807eacd31f8907f08421ee486d703d4c7dd9d6813c44d396e5d66df7237602db0c9711a2c4e7b629e8ec75327443623ccc28ea3576ecb1e3b69bfc865f1ddec43ac7fb73ed2b14c5de74ba2b23bbc1cdcc8137731c6320f1fdefb808f2cb7ebf781273f12fe7fcde0357b5780403e6c06d138bbd2be07c053c34abc84c1fdcb25e07a76a76feb393ec7fd26f3bf320fb1c5fcdda4f16db973f956e51b6ef046cbff607b2f57f46c274e50958f31893e57d2d0fb2de6bfbbc99e8a4681ae6f966fb8c01b61bc514d13e3a121d01bd15d33b7344f5a783633a43230ceaf890ccbccd09a1a6c3e97119f1bf7c4a1819c7c17682b6a6449f062e21d9b63c7ba2da934c400fa9ce1e72b6c08c5be4a7e494ef19e9738e544f7c72ad576203b4fe5f4ae75c7ecbc509b66823ac0697c8c33e26cabef2dd92e0e3d05470b33b7d3217454b4d7b71dc14167398df0c1e82ca704653a5c14ce61e50d48b63bbdd3beb3023aaa068d6409403e27550aaffd07d92982579df12bb3da108f220ccfd4ac28ce1be3a91b131d9b557e3d815852ba4d373a31b9393e2056fa9bda2e47bb29058dadd067daf955355648822e7234b622c496bc6eaabaceca5e69b9d14926781d3ef995bdb8a9ce6d2901270846e3ccae58a2293c6eb0e1b596c5aa7dada0792624be65ca7c448cc757e9f429ef9ee562f883e643b317dad50080df8b6aa44eca9c1f6656b96b94469902d21d4803d762a8b04a311b00752210535a949de6ce901d2c2a6117332b7d1d0d73696236b753b3834b4681d4cdc22e523825c6084a37224b0cb76b4910e5c23d418511000a46734aabf7549b611ca8bae17a66e62ac44aba654737daf2c9b5fb2f7ed656cc97f973a7f102492f95bb3716d1ccafdae014afd194b5a4fabcc7c467a03519dd71cd95b317f130bfeecae9faf0837d17733a89e61629e68bdc4d05e8d270190156e9a4fad811d71918add60362af86ababdb72a93323823e347be4598172c6a1720afe4c355f716501aa1bf4659bcf476fbfb9a433260e0b9f71b1ba4099d855573ed3aef3665a36c46bf46ad4f398362efa73ad31b708d26d668d107ba6b1255c3172bbb8b8c898625e511e0b5e4ba7f030332ac1cfeec28e8d1ad8e3db8fe7c94e643f3b2313c36e67f473c37b6dfcd3c0d96c584eb9809133ab16c71adc0adf5aea177a60522409bc713218757cad070ad66d918e4ea65493517f3e05f1d6d90e5ac66ef536a29867a579e5cc6e6da96d5ec5aca8ff3cfb93f190e67e4560ce89f8add4dda9f93fff26657f2d3ca12d4cd9283ee521d9e46f794e3993db11ada044d4846e86a22cd760be00653a4d6d278a59b8943105c7534da3600192f443e1337daba8bbf307c51c9234f4e425b6eed35b3b570eee5d13d9dfc095d9194d1e2f4af93e8656489781d61195f2815fb8107a89a42332d36d66968fa2383acc3e62544f2e2e784b0c32f5bc3c582f7479ee0c3fdcd6047a603138baf68d8065e0708be0b17706570152ec3023018c087cbc99097e088f511021ea643d43c3524d02c19332b15fa35473f7ac250d264db00d83a182a54a6bfa2a3b7005181ac85ac57c6606184cc1575382a85ee3ea4ab3e4812a2ec48e770a1881cc5d489244410d5e90c64cd654a57931c8a33b01d6ba039885dfb26645022bad6b88b64e3c332f15f06b8aeb01897b44ec59d76e61e86d6d0419d0162165e19691ce380ae2f099cf4db029568858854b66338ad1122fcff4152e6c66b2c0ca20a044ba4276d44462481a1be24521f8d2e7bea309fb34724a5bcdd2580c98f8122adaa94c4cd73dcb6233e641dc792734468dc709e93c56e1c6cd0a55d09629ca56728ca0751b31952cd55c0171b5e8ef16a96a168e1b398b5c7b28ea458806c0f0a642dcd27db38e4959d3313164944bc88d92a95b41238aa2d1a8b48308c19ad1121a035117f9b0207fcbffc8bb2a56abf21d0d7e5c90c10ab104c0bac673137a924ea28c1d913b49105566c1ad34072924c08ec3c4f8af96a40ff14525607056d787914628aded86f08465554b8a99a777d9379ab168ee466964c8b28a763079081200f685841cfcc6fb6f395aa768dad1306b96858e3a2e01e51905ce4715642e7594c80390627dad6297de68d6e469105bfcb511d46cbe8e2499104b5f4d4cc962e6a68ab2592e39452bc0ab957065716c7be454a2742edeb4ffda068dca08b0d63e8e9959b00bb1c8b925817f861563abac3b9697b6eb92ae3d107f5557f58ae2a88fe23b2c6004276ff59952a00794dbb36ecf1bf9a20ffe421c824a77e30aa519ac1f5f6c617b819e2c2bd277f4a3206f2e2dfc1144f5dbbb24bd47afd355ccbf789bcca4aa7ec7540319175bba6e0227140e5aef107adc4ef453594b6b065f61c762d4a9544ed99279000a513bd3873026fde2c5791a67363928c0e3c60e46e0954b2e47661a8e529555f20d9b8479611989a2209f19cae2a6178289ecf2252d3c9935efd5ea84e07b04e7d157140e1c062e48081a6b6539d7e212386cf1eb8144dd2fd789daa4ba08c088f41bec4a94f56c7d4ce345d99b8bd1752c67172daa895f2f99e99f7b90922fcd8259ca190717128e9c24604c727867d65a3d533356e921d9b4a561d6be2a21f13750655f4f58fb68079287127f439a961f39625a2e11b42e10a6bcb28a2b10c15917b6b006c6e6e1f312be8f2a508a5463b6286a623a37665037e02ad29e48b5f1520502bb983de732228fa87528a157242ba135a2095a19f654e9795b8528aa742796f13a9d852e1e95e90ffa5e2182f8f376644262f6d2f0171def0f6c65b78b758cf97eb919572a92e484792a9fe6aede36d72b90a5a815410b8c07bb370de5ba76404202133c9410aeecdd161efa8f4f9c92eed510ac1c7b1473aea02e70ced9f0ed755014b28573b8378783fb8088dc1cce0bc69a234ae0ea5fd74bb210ac99bb0db66b90fdb981eeee0eb402a99f848b30cfd57c39a8f1c54bbf786547ab7967f03b3bd57e736af14f89087296adab5578b51818f02f5026945b1cd2504a27825f055629436d7d76b9079fc263141ef6883a8f17bfbb6aa8fa1f7dee61c3e2e8ede8ae7ef142beb292eee0e58d4d022c5fa3af7e133555e320866621f589dd7df250f5a3fa410ff21eb5a872721bbb6f0627a1333392b2eb92370617e3606a22d8780eb45aeb414e7a7e9dfd8e7b8613cca4cbc6892bb6dfaedc0eef23cbaee2ec1aba20de77d5840f72fbca4dc351ccaf97490718350e7075b9f11a059dfabc4c8f0584bda632ba0e917fe0487aad604b6f1d237c6a4fecb59031b34e0d335578c49a5f506f9d81960383528efe42a5abcce657ba0588507362cbe684dc5c181be53be93c4c854cd8cd3d427dfc3c89fc7beb6793ddc33ab7ff4de29b2b85f52afe53a8cf8d621b59c247b6d202f85461f29d4217a84141c0fc692c639354c71bd5a0a6d94718ef53e14b746fdb4644735d7fedd966aa8860de570afb9500b0e5f3148fad079b30f115b6f2cabedc20775c6cf2715cd2be16b3bbede4cb1c0bbaf5e68d7d090797a34acea93faf3b548677104130f68ca84dd5397386ec614c3f8d7b6d5596ac52beb39311006dcf4da1851560ce98d968faa24c550247b9fbd999353e5016004256eed938231723edeae365111d6befac8d5c89db5724b1b86a9f2d0d589d885f836fb11c3124dbeddcaf2384334f1c20f7e1d5fa58bcda04e9b1300a0473f90b3299f1263370d78e630a64716b7cd793d0aa21c38127c3e4448b2eb499ea138681abd372fd6487296a5db32ae155d85bb60c8910dcd85c6c9d4a4a6dcb53f7607294d17fb2c5573df21bcd2d969fd3dd69dc522185666e478e96f772cc9cdd90b8f297348b9906c4454258047d9783c068e54441f2ebb99bd3903af6ecafe9f211359dfa38706c60c631055ddb1c9e3fed9d0fb165fbb7d97421e07bf3f738f039c783e1f7f84ad67b3f97255af525230dd259980c43e2d3d68da5a47d6205ca9d0319bf56013ad54ee09c077e1dce9d524ebc1dfd05982fb9e5ba44da604d16c4ef692285efd6a880dadd5e0ccf26138f7155566a6d2dd4812acfa5dd99313ed7484f18fad852867fc280fbf790b1a3bbe50b62066ab1af2b4795c690274a0bb60112b2997aa4253a6fb7e8393256f5ae020b9d9887a45a4b01f2f5e9911d2ddf37f83a303813d2efa0e609af1b9ec1fc662533228dbbd36bd76d8144552ba144dc9bcc993cfd17080ee156e741ac989293aa0a44bee0c1ccb1860ed1ecb497b6d758570eb05b209845d6ed5f2c426ac6ce2ca3833a3eeb2308da4bc5e0660556f402cdbae0eb8e0eb8c8b0969a7144cb8a8b4496171ff2bcf2658dfa4c607dd616f7841647554f3bd8c9c93880328e16c5503cc7d9124d08e078eab4c7727a0dc739543ad21b25be598c45d5ec518058fa21cd5eeae7e70ffdbc341bb1cbcaed760f20702628f7c12a9f50e05325252a3bcccb5738b947a85eae90dec55664367a8e1de734ed0e123e44bf6c7ac6f0319295b4c669c02c4d0d465bd6c40e30e91a303780be562a37a27b71147c822e60cb41296f7ed1ae6b66ac664fa3976cd61272374864fe7544f4957116fb21bc8605c97b051a3709c12c09dea5cf8788e4d6c1beaaee2f785688a33f33363b235df4644efc1284c8c19a81a925113c15583401b77a3d1d5a14ab92eafed259f952ce95bfed4ff82bade4623864f7e380d330c86db6d4825456ee56c08b9f4a447ad0c9948ffcb5bf525c8ecbe49858d8f5a9f6a8995b41ade6285aa53d4d10485ad2c29126b54a0e9eee3a3694c1672737d3789de9eb84ae069243ddbf4cbd7792be6a649cf02a607784ec2f29bf00e26b112b5ffc36b93799c746d33c43bc762d6cf40b74865910b0daae699a80c9a387caec61e6859815b39989e5478c570f4bd8b83946ae0b105a58f52171476c06b38924c5899227a1c655f3546fe648cb1f71cb8f0743639e70d8175484a5f0400ab44268b581416a20846a1236464ffdd04507b30c207fee1c95c9027ba2703a3b239156948f88666d78a09bef4593e6202e9c27c245aa39504e16fe2475ec6ac40502a3a59e8a4eec856e900c5b813e227e0db6c157a052fc0c1485ee8c914e6b77b6dcf99a76bf85c4d9585de245a2aeb38deb4543a1e44231e26381f9797751d045e9f53296e6c536af22cb829490faaf4b530b4d1111bee47a8d49d7cf8d43430640b2fe9b2a18bd4c2cfddaafabad73bceaf21ef582c36721224541ae1827d9e2addacdf0e4597c4af2ddc3cacfadecb96fce73bb02fca8744664fd10ebb2339732bea958758cab8ee4cc593797d62aad51e9fd58941978838c5a651473985030b8a38170fb31b309488b160a6d1ca54dc7d47f4ed1fe316f142e97d80a9557f9c9ad66fd565c5f979e4df521fdc5f93c5f50f776da8557e726b3288bfbd53fb7b750f966ba9b876a75', 'sha384-nmXYaa9JPL2C/br/5gqrkPuRBO+J20EykLaWf5b21GXfQW6fzP5AUpoTBrRPGbmw', 1796055791663);
INSERT INTO public.sdk_file VALUES ('keeper.1edb82bed7.js', 'text/javascript; charset=utf-8', '\x696d706f72747b6120617320652c6320617320742c69206173206e2c6c20617320722c6f20617320692c7320617320617d66726f6d222e2f62616e6e65722e373439626165376338342e6a73223b636f6e7374206f3d5b60737263736574602c60737263602c6068726566602c60706f73746572605d3b66756e6374696f6e20732865297b72657475726e20646f63756d656e742e72656164795374617465213d3d606c6f6164696e67607c7c2121652626282121652e6e6578745369626c696e677c7c7328652e706172656e744e6f646529297d636f6e737420633d28293d3e646f63756d656e742e70726572656e646572696e673b66756e6374696f6e206c28652c742c6e297b696d706f727428222e2f6d697374616b65732e346636656537666430372e6a7322292e7468656e28723d3e725b655d28742c6e29292e63617463682828293d3e7b7d297d66756e6374696f6e2075287b656c656d656e743a657d2c74297b7472797b7428297d63617463682874297b636f6e736f6c652e7761726e286073616d7479636b653a602c652c74297d7d66756e6374696f6e206428642c663d5b5d297b6c657420793d6e6577204d61702c623d6e6577205365742c782c533d21312c433d6e6577204d75746174696f6e4f6273657276657228653d3e7b6c657420743d652e736f6d652872293b7426264528292c28747c7c5b2e2e2e792e6b65797328295d2e736f6d6528653d3e21652e6973436f6e6e6563746564292926265428297d292c773d287b656c656d656e743a652c776f7264733a747d293d3e2121782626652e6973436f6e6e656374656426266e28742c78293b66756e6374696f6e205428297b696628537c7c6328292972657475726e3b533d21303b6c657420653d28293d3e73657454696d656f75742844293b646f63756d656e742e68696464656e3f6528293a72657175657374416e696d6174696f6e4672616d652865297d66756e6374696f6e204528297b666f72286c65742065206f6620742829296c28606c6976654368696c6472656e602c65293b666f72286c65742065206f6620646f63756d656e742e717565727953656c6563746f72416c6c286129297b69662821792e686173286529297b6966287028652929666f72286c65742074206f66206f297b6c6574206e3d652e6765744174747269627574652874293b6e213d3d6e756c6c262676286e2926266728652c5b60646174612d73616d7479636b652d247b747d602c6e5d297d792e73657428652c7b656c656d656e743a652c776f7264733a6928652e64617461736574292c6f6e3a21312c68696464656e3a6e6577205365742c6f776e3a652e6d61746368657328607363726970742c74656d706c61746560293f766f696420303a6f2e6d617028743d3e5b742c6d28652c74295d297d297d6c65747b6f6e3a742c6f776e3a6e2c68696464656e3a727d3d792e6765742865293b696628747c7c216e7c7c652e646174617365742e73616d7479636b65507572706f73653d3d3d766f6964203029636f6e74696e75653b666f72286c65742074206f66206f297b6c6574206e3d652e6765744174747269627574652860646174612d247b747d60293b6e3d3d3d6e756c6c7c7c21722e6861732874292626652e6861734174747269627574652860646174612d73616d7479636b652d247b747d60297c7c286728652c5b60646174612d247b747d602c6e756c6c5d292c6728652c5b60646174612d73616d7479636b652d247b747d602c6e5d292c722e616464287429297d6c657420613d6e2e66696c74657228285b742c6e5d293d3e652e676574417474726962757465287429213d3d6e293b696628615b305d297b666f72286c65742074206f662061296728652c74293b652e61667465722865292c6c28606c69766541646472657373602c65297d7d7d66756e6374696f6e204428297b696628533d21312c21782972657475726e3b4128292c4528293b6c657420743d5b5d2c6e3d5b5d3b666f72286c65742065206f6620646f63756d656e742e717565727953656c6563746f72416c6c286129297b6c657420723d792e6765742865293b73286529262628652e636f6e74656e743f2e66697273744368696c642626722e756e646f262628722e756e646f28292c722e6f6e3d2131292c722e6f6e7c7c28722e6f6e3d772872292c722e6f6e3f6b2872293a4f2872292c722e6f6e3f722e6f776e3f7528722c28293d3e5f28722c722e6f776e29293a742e707573682872293a6e2e7075736828722929297d745b305d2626696d706f727428222e2f72656c656173652e383438623632613231312e6a7322292e7468656e28287b72656c656173653a657d293d3e6528742c622c64292c653d3e7b666f72286c65742065206f66207429652e6f6e3d21313b636f6e736f6c652e7761726e2865297d292c6e5b305d2626642e646f63756d656e7428292e7468656e28743d3e7b666f72286c65747b656c656d656e743a722c776f7264733a692c6f776e3a617d6f66206e297426262128612626722e646174617365742e73616d7479636b65507572706f73653d3d3d766f69642030292626216528742c692926266c2860756e6b6e6f776e507572706f7365602c722c74297d292e63617463682828293d3e7b7d297d66756e6374696f6e204f2865297b6c65747b656c656d656e743a742c776f7264733a727d3d652c693d28293d3e722e66696c74657228653d3e21787c7c216e285b655d2c7829293b28742e6c6f63616c4e616d653d3d3d60696672616d65607c7c742e636f6e74656e743f2e717565727953656c6563746f722860696672616d65602929262628652e706c616365686f6c6465723f3f3d696d706f727428222e2f706c616365686f6c6465722e653039373637356430372e6a7322292e7468656e28653d3e652e73686f77506c616365686f6c64657228742c722c692c6429292e63617463682828293d3e766f6964203029297d66756e6374696f6e206b2865297b652e706c616365686f6c6465723f2e7468656e28653d3e653f2e2829292c652e706c616365686f6c6465723d766f696420307d66756e6374696f6e204128297b666f72286c65742065206f6620792e76616c756573282929772865297c7c28652e6f6e3d21312c7528652c28293d3e652e756e646f3f2e282929292c782626652e656c656d656e742e6973436f6e6e65637465647c7c286b2865292c682865292c792e64656c65746528652e656c656d656e7429297d72657475726e7b73796e632865297b6c657420743d21783b696628783d652c4128292c74297b6c657420653d5b2e2e2e6f2c2e2e2e6f2e6d617028653d3e60646174612d247b657d60295d3b432e6f62736572766528646f63756d656e742c7b6368696c644c6973743a21302c737562747265653a21302c61747472696275746546696c7465723a657d293b666f72286c65742065206f665b60444f4d436f6e74656e744c6f61646564602c6070726572656e646572696e676368616e6765605d29646f63756d656e742e6164644576656e744c697374656e657228652c542c7b6f6e63653a21307d293b666f72286c65742065206f662066296c28606c6976654368696c6472656e602c65293b4528297d742626216328293f4428293a5428297d2c72616e3a28293d3e5b2e2e2e625d2c73746f7028297b432e646973636f6e6e65637428292c783d766f696420302c4128297d7d7d66756e6374696f6e206628652c74297b72657475726e20652e6765744174747269627574652860646174612d73616d7479636b652d247b747d60293f3f652e6765744174747269627574652860646174612d247b747d60297d66756e6374696f6e20702865297b72657475726e20652e646174617365742e73616d7479636b65507572706f7365213d3d766f69642030262621652e6d61746368657328607363726970742c74656d706c617465602926266f2e657665727928743d3e6628652c74293d3d3d6e756c6c297d66756e6374696f6e206d28652c74297b6c6574206e3d652e6765744174747269627574652874293b72657475726e206e3d3d3d6628652c74293f6e756c6c3a6e7d66756e6374696f6e2068287b656c656d656e743a652c68696464656e3a747d297b666f72286c6574206e206f662074296728652c5b60646174612d247b6e7d602c6628652c6e295d292c6728652c5b60646174612d73616d7479636b652d247b6e7d602c6e756c6c5d297d66756e6374696f6e206728652c5b742c6e5d297b6e3d3d3d6e756c6c3f652e72656d6f76654174747269627574652874293a652e73657441747472696275746528742c6e297d66756e6374696f6e205f28652c74297b6c65747b656c656d656e743a6e7d3d652c723d28293d3e6e2e636c6f736573742860766964656f2c617564696f60293f2e6c6f616428293b652e756e646f3d28293d3e7b652e756e646f3d766f696420303b666f72286c65742065206f6620742967286e2c65293b6e2e706172656e744e6f646526266e2e6166746572286e292c7228297d3b666f72286c65742065206f66206f297b6c657420743d66286e2c65293b74213d3d6e756c6c262676287429262667286e2c5b652c745d297d7228297d66756e6374696f6e20762865297b7472797b72657475726e2f5e68747470733f3a242f2e74657374286e65772055524c28652c646f63756d656e742e62617365555249292e70726f746f636f6c297d63617463687b72657475726e21317d7d6578706f72747b64206173206372656174654b65657065727d3b', '\x1ba40d009c05e576196b2ba79b56d267be4f527e6f4e3b5dadeeaedfa8102a7b0dc163cb372f48b17fc2a33c7902644eb3aa360b0d0cfa58d988ad8ac59fbd9f2f255b9992541628574b672fe99289d0088917b9dddb842f1ca53fa5b7a5d4aa40e232c8802bd53138c1e0fb36daccc61fb5469b7b85c4fe477b66d701586c43c26988b90879bad09455868df40b2fac9e4869edf1f179fb263c164f77b5d9fa221773ae24709e9b6a555410c385dc0003c8b9e2d6125372b98a2b85e68e1287894795f2c454b9afe927a5204253d3ea5bf6351d2e8685173b2b05ba0b35a2283d0a27ed69c285ab15b027e3b1328845270a190d191de9c2eacbef8aa0f16a77d303f0382a1b8f1534d1051cfdbca7ab1145235ae8110fc8aba69d112917adf548a97b2204054d56fba3a8b60845822610bf55dbbe7a2653bd2e655fcc11996b5010a9bdbed49223cfffa22daa047be7ba0d5eecea7a18baf10b72bde357a29aec0dce5c8b2cd12778357882a7b11d71f43dc74b3cb2880c90a4f7bc56abedfbe72353172088d5720e9bae5fb097a6b112dfe703dc7add2cb25a592481fd69b5138918231456e10ed8bee79bb4e9445fa75ea88661a8ff4a542397d102c138cf96f475269f9293a6acaa4e6c9dd6e1335616b5cc4a02fe070cb4d1dc53caf1cedc14886afca91183c88bdf2e1a0219309a1faa0da5530638df592cc8a2ec83d4de26af15e11e73158824e216db5169173b3ae6a3bd20f3b9278af5965036ca9070ac606e4c4884f8fff9e6ea28f172cd0571b4aa0a81d82e9f2a2ca20419a4e966916a12393a628726b7e70863c7478af9d2197d2df68ec1e047e53792837bc78ac4d351b85450501088bf2a47378bd2d29c41b90fdf572b93603a7a4aef8a7b2f8eae55833e27ad3049929c34d4e5e27fe30a71a25051a9333bd62a4e5d79d4d70b244488451a1789c97a3a83304c8885c40efe17c4fc407ab31f250930511958e771a5c3a15c80d6f694b6b042b498d66f98dd6a9a6191658520a3b3468a00f221792db09819c26ef74504e53947edf61d3b38b06d239eff25df9832ee05d0199e88c0c44d1212cc02646666055036fa84e26d3d2b1d8c0a249066a29b25aa5970ea745fe156fd3298fd9620bdade43979bf145b93025df14c9ea74a8d24d656c6d01c8a05c4666c1409b52fd9ce8fd69e1e9f860f2ddb6a3617d97404712204493e4b854396203c95f92cd492cfce8ad68416b338575d76c909653043128aca9edfa34c7c491bf329606c441459112f03121a0ada750a09176aac30413a865ed74fcc885c781bad403ee9e0c3c1a9c2d42b3605ad6dee44f35acd51b80332897901f86af4c224310e4b8de92721fe182ca309cc068b70876147362454e2c3ae50c3edf3e3c3e3bd8914d0f5ab607897035e2ef49cb2b49984285e6ff77c8cec59ba970e461a84205cb344e6ec687f7b3fe284d46bec150a82b8a3826b059f5a95d931834cd08e11d247d9331917ca97c1c90d7b3f228844c10b354262931eab231704b40cb55310e53b0725d996411970b39be1780335b14044610934e9927b35f79b797cd6d1cd849782c78b5483d576281e086aab92d4273b82748c56104db9e9bfbd3891ea033077191a6748f984c5a620bfb1ddc9fe047e5f1fddacc874ac2cd60f46c6b57c2064a55fa17ae893e440d4d3bf7284754081332c74ab2b48b7de6fc041645791e68eaebbd951902d2305c557246d3c7163b0d121b3312c71b162ab0989b55fc162a226b64242671e3fa814556cb2653c57b4b913f417a83c6004552ae6b05a11f172d6c40f233bbd4282fbddbc5a600a5d0c496e8c71d46c2d7979111a4da06e56b930abd6801855f235121a18321a4fc9f57f0ed168266b328f4f998d7b2896699158d76d29c760e814992c9dc514e1ed16268a7076a45a9bcc8133b93d50140adb60c16778d5114f3b71b547d1678ab3e611c13141298895d64a6cd0ad27ee59557ffa233b9559fa596f3e3b5cb77d449c3b450b5a6be1bb8bd3d63aa3f6003160077517510fcd3177a95a72f0469272f87306', 'sha384-J9jeOgl9CH0FocQarUrEvSd3QA6PTlFX5F0LTCLduesG4xdPT7HJB4RpRMVnN/6U', 1796055791663);
INSERT INTO public.sdk_file VALUES ('keeper.57d2b8c0c2.js', 'text/javascript; charset=utf-8', '\x696d706f72747b6120617320652c6320617320742c69206173206e2c6c20617320722c6f20617320692c7320617320617d66726f6d222e2f62616e6e65722e6a73223b636f6e7374206f3d5b60737263736574602c60737263602c6068726566602c60706f73746572605d3b66756e6374696f6e20732865297b72657475726e20646f63756d656e742e72656164795374617465213d3d606c6f6164696e67607c7c2121652626282121652e6e6578745369626c696e677c7c7328652e706172656e744e6f646529297d636f6e737420633d28293d3e646f63756d656e742e70726572656e646572696e673b66756e6374696f6e206c28652c742c6e297b696d706f727428222e2f6d697374616b65732e646638323532636531382e6a7322292e7468656e28723d3e725b655d28742c6e29292e63617463682828293d3e7b7d297d66756e6374696f6e2075287b656c656d656e743a657d2c74297b7472797b7428297d63617463682874297b636f6e736f6c652e7761726e286073616d7479636b653a602c652c74297d7d66756e6374696f6e206428642c663d5b5d297b6c657420793d6e6577204d61702c623d6e6577205365742c782c533d21312c433d6e6577204d75746174696f6e4f6273657276657228653d3e7b6c657420743d652e736f6d652872293b7426264528292c28747c7c5b2e2e2e792e6b65797328295d2e736f6d6528653d3e21652e6973436f6e6e6563746564292926265428297d292c773d287b656c656d656e743a652c776f7264733a747d293d3e2121782626652e6973436f6e6e656374656426266e28742c78293b66756e6374696f6e205428297b696628537c7c6328292972657475726e3b533d21303b6c657420653d28293d3e73657454696d656f75742844293b646f63756d656e742e68696464656e3f6528293a72657175657374416e696d6174696f6e4672616d652865297d66756e6374696f6e204528297b666f72286c65742065206f6620742829296c28606c6976654368696c6472656e602c65293b666f72286c65742065206f6620646f63756d656e742e717565727953656c6563746f72416c6c286129297b69662821792e686173286529297b6966287028652929666f72286c65742074206f66206f297b6c6574206e3d652e6765744174747269627574652874293b6e213d3d6e756c6c262676286e2926266728652c5b60646174612d73616d7479636b652d247b747d602c6e5d297d792e73657428652c7b656c656d656e743a652c776f7264733a6928652e64617461736574292c6f6e3a21312c68696464656e3a6e6577205365742c6f776e3a652e6d61746368657328607363726970742c74656d706c61746560293f766f696420303a6f2e6d617028743d3e5b742c6d28652c74295d297d297d6c65747b6f6e3a742c6f776e3a6e2c68696464656e3a727d3d792e6765742865293b696628747c7c216e7c7c652e646174617365742e73616d7479636b65507572706f73653d3d3d766f6964203029636f6e74696e75653b666f72286c65742074206f66206f297b6c6574206e3d652e6765744174747269627574652860646174612d247b747d60293b6e3d3d3d6e756c6c7c7c21722e6861732874292626652e6861734174747269627574652860646174612d73616d7479636b652d247b747d60297c7c286728652c5b60646174612d247b747d602c6e756c6c5d292c6728652c5b60646174612d73616d7479636b652d247b747d602c6e5d292c722e616464287429297d6c657420613d6e2e66696c74657228285b742c6e5d293d3e652e676574417474726962757465287429213d3d6e293b696628615b305d297b666f72286c65742074206f662061296728652c74293b652e61667465722865292c6c28606c69766541646472657373602c65297d7d7d66756e6374696f6e204428297b696628533d21312c21782972657475726e3b4128292c4528293b6c657420743d5b5d2c6e3d5b5d3b666f72286c65742065206f6620646f63756d656e742e717565727953656c6563746f72416c6c286129297b6c657420723d792e6765742865293b73286529262628652e636f6e74656e743f2e66697273744368696c642626722e756e646f262628722e756e646f28292c722e6f6e3d2131292c722e6f6e7c7c28722e6f6e3d772872292c722e6f6e3f6b2872293a4f2872292c722e6f6e3f722e6f776e3f7528722c28293d3e5f28722c722e6f776e29293a742e707573682872293a6e2e7075736828722929297d745b305d2626696d706f727428222e2f72656c656173652e383438623632613231312e6a7322292e7468656e28287b72656c656173653a657d293d3e6528742c622c64292c653d3e7b666f72286c65742065206f66207429652e6f6e3d21313b636f6e736f6c652e7761726e2865297d292c6e5b305d2626642e646f63756d656e7428292e7468656e28743d3e7b666f72286c65747b656c656d656e743a722c776f7264733a692c6f776e3a617d6f66206e297426262128612626722e646174617365742e73616d7479636b65507572706f73653d3d3d766f69642030292626216528742c692926266c2860756e6b6e6f776e507572706f7365602c722c74297d292e63617463682828293d3e7b7d297d66756e6374696f6e204f2865297b6c65747b656c656d656e743a742c776f7264733a727d3d652c693d28293d3e722e66696c74657228653d3e21787c7c216e285b655d2c7829293b28742e6c6f63616c4e616d653d3d3d60696672616d65607c7c742e636f6e74656e743f2e717565727953656c6563746f722860696672616d65602929262628652e706c616365686f6c6465723f3f3d696d706f727428222e2f706c616365686f6c6465722e333830646565356535302e6a7322292e7468656e28653d3e652e73686f77506c616365686f6c64657228742c722c692c6429292e63617463682828293d3e766f6964203029297d66756e6374696f6e206b2865297b652e706c616365686f6c6465723f2e7468656e28653d3e653f2e2829292c652e706c616365686f6c6465723d766f696420307d66756e6374696f6e204128297b666f72286c65742065206f6620792e76616c756573282929772865297c7c28652e6f6e3d21312c7528652c28293d3e652e756e646f3f2e282929292c782626652e656c656d656e742e6973436f6e6e65637465647c7c286b2865292c682865292c792e64656c65746528652e656c656d656e7429297d72657475726e7b73796e632865297b6c657420743d21783b696628783d652c4128292c74297b6c657420653d5b2e2e2e6f2c2e2e2e6f2e6d617028653d3e60646174612d247b657d60295d3b432e6f62736572766528646f63756d656e742c7b6368696c644c6973743a21302c737562747265653a21302c61747472696275746546696c7465723a657d293b666f72286c65742065206f665b60444f4d436f6e74656e744c6f61646564602c6070726572656e646572696e676368616e6765605d29646f63756d656e742e6164644576656e744c697374656e657228652c542c7b6f6e63653a21307d293b666f72286c65742065206f662066296c28606c6976654368696c6472656e602c65293b4528297d742626216328293f4428293a5428297d2c72616e3a28293d3e5b2e2e2e625d2c73746f7028297b432e646973636f6e6e65637428292c783d766f696420302c4128297d7d7d66756e6374696f6e206628652c74297b72657475726e20652e6765744174747269627574652860646174612d73616d7479636b652d247b747d60293f3f652e6765744174747269627574652860646174612d247b747d60297d66756e6374696f6e20702865297b72657475726e20652e646174617365742e73616d7479636b65507572706f7365213d3d766f69642030262621652e6d61746368657328607363726970742c74656d706c617465602926266f2e657665727928743d3e6628652c74293d3d3d6e756c6c297d66756e6374696f6e206d28652c74297b6c6574206e3d652e6765744174747269627574652874293b72657475726e206e3d3d3d6628652c74293f6e756c6c3a6e7d66756e6374696f6e2068287b656c656d656e743a652c68696464656e3a747d297b666f72286c6574206e206f662074296728652c5b60646174612d247b6e7d602c6628652c6e295d292c6728652c5b60646174612d73616d7479636b652d247b6e7d602c6e756c6c5d297d66756e6374696f6e206728652c5b742c6e5d297b6e3d3d3d6e756c6c3f652e72656d6f76654174747269627574652874293a652e73657441747472696275746528742c6e297d66756e6374696f6e205f28652c74297b6c65747b656c656d656e743a6e7d3d652c723d28293d3e6e2e636c6f736573742860766964656f2c617564696f60293f2e6c6f616428293b652e756e646f3d28293d3e7b652e756e646f3d766f696420303b666f72286c65742065206f6620742967286e2c65293b6e2e706172656e744e6f646526266e2e6166746572286e292c7228297d3b666f72286c65742065206f66206f297b6c657420743d66286e2c65293b74213d3d6e756c6c262676287429262667286e2c5b652c745d297d7228297d66756e6374696f6e20762865297b7472797b72657475726e2f5e68747470733f3a242f2e74657374286e65772055524c28652c646f63756d656e742e62617365555249292e70726f746f636f6c297d63617463687b72657475726e21317d7d6578706f72747b64206173206372656174654b65657065727d3b', '\x1b990d009c0539197dba899bc95a8b78c88fdadf4291a5a9f9fa4a298b1d60429f934e61adf46fff194ae4b3793d7420c995a4593aab6a203d711b2affb9c3937deba144e79137409992541628ffff7eae4e2c72163221d2c3debdef6efbb237c53ee27611d546a42d0f9a68a5851dba6fc3e54f9536027136e72a85383c69a56305e6777eb2f21bc77e67f257ec125ae8973e7233226f75f5f8a8c9b7719caa64cb300eeb314c3d1be216b42ecea58956f45dd399f24e11ae431a613e51579bf5e31cdae75cd74144cf7437c8aa5f55f6b02f70797054c8b814285d19909b8a2d0897b6431099c0637db08d7b91342409f4d45d37fb773b6a31938b576f6fee6f72cc9f06a863dd3786b92d86253a4534b00c1ec0ab216d5128974d75ad9e473c0a89c4e194a89206ca88e405bfe5e6ab216a1857ffa6d3fa3ef8409028d4de1f35b2b0e52fd2384cd5d2623854cfda326bddf90972c14fabe71cec4e4ee940f463bb5a06852db02d5a58708eb7381a8a7cc163e6bcbc70eeb4281f49e98000aba30eae1abf4a2f6b40e4b72ae0dcc666d0beaa3c0bee2fd74711c4342251c905a4fdc8d7b1545de967ce6b156483e64fab2f9a3e1a501837d48a211af549e7686b838ab7e5d8077bc1c16268d9a890ff8891546c07a59ca94a571555f0a0c1f6835ff176bd27d00086f861ac908164c476f8301eaba2efa3764eae5c8d8a2d7adb081271d04c5a3a641656e3a33bd1586d164def11d9ab41e45ac1ef903782caffcfcf9e24969ed6a19c5c172605a55d5d291ca2001905a6e877e6148ef2e6d0960ed1e390f88884df34a3e8eb568fb6782abef209ee03ff95b658921305890e05e5214c29454f4b19836a2f761a5652912f0632e73ae6dc1de586413f1cadd4cc3829c4c8d537b242994851d4a231935a4dcef520fa664224b418d2b4420ce36c814a98040bc44ede81921f4977bad9282189da4a2d1e201dd6f13781b6b6856ee11ac5a26bb1b0388d34a16059433458a19132807648a50a5c2e2cce6e0e5d04fdb960e7f8d0b38723775d68cb5fda3b7366bd00bac0950846dc26a270613fd9bad08fbe31446470d3b8d9c2c8468e0a7353b47a5e92b36e2b3da85ff9dafb0af8d76bf1123e5cd9763a1dbae6af3a9f6b01cf142b3094b5d201655a5e7522d1971266b6eee9e553f670a337d7d797f9c76b10cba3a8e4b394cc1841d8c2e753083d5fdc045a1d51cc30ae6ab30e27c4600109857ccfe3e8135f52cbf6aa324c22b5aac8e003021a3adab782c88386d44b90564f8ff5334b22d75e47ea909b3dbc58601530d560a610b5f5a36bdeaadfe8b8009a63bad48f5f825e6ad657290d7dce93f2a73019a560264c84570907dad6b4c4f765eb6edf5e458457b8bfd2940e6781aa82af33e0cda4b362cc9924283e6e4733057b46f7c6d6a98010246b4664c95ef43797474b48b3e0a00810641d359c2aecd408c68e0c92601e23a14fca670217fa9760f98eb93cfa4342e0a540f1d8bca93bc5b50229511f0344f5c2023dd9e4ae042ced26b67c0723b10dc18065431bba66e06a6e56e619ebda12befe3b93dfb960b7bb9c86109a4a4392f1f51cbc637280685b86cfdf9e2b47f9532f0ff50cc5902c04cbfb0efca6ae21872bf8c5758a6ba653b1d8be2a926bf548f195616b95f6b3f20544337d15bdd44104d665c75aba46250dfef01b14769d0a177a3dcc5e80ec281464ad48d178e6c960a76d9b6318715bcbae67e4d69e1a2e679a626b44b6aecc879022bb4db98c73c59c3bc37a81fa03495052d1dbeb0ddeae16957518e5e90d2cd6efb0cd442ab41b90dc99e14959b6e4fd45684c812a65e5d236b859c3a49e6fe131ab10689c92fd7f094634dd2299d323f1804331c234c4e004caead1ae844c4a1a37457833b54923dc1c69d4ba59e0429b0f9489c41c6cb32b5ca5e0a9e4aee615fa42166b4eda2c2dc80e65d051d96658d693f56c9afdf9ef756a5bbf3f9b335b160e0b435c385d0ba66881cde5899b92d17c800cb0473d2f251ce7608e28a76ff0dd23d561280d', 'sha384-MKBUHTzn1nVzJrNo0cpatcUEs0SNHE0fHmio3owHu/rlX7Pro9SvRnbJkOXTzCaT', 1796055791663);
INSERT INTO public.sdk_file VALUES ('mistakes.4f6ee7fd07.js', 'text/javascript; charset=utf-8', '\x696d706f72747b6f20617320657d66726f6d222e2f62616e6e65722e373439626165376338342e6a73223b636f6e737420743d6e6577205765616b5365743b66756e6374696f6e206e28652c6e297b742e6861732865297c7c28742e6164642865292c636f6e736f6c652e7761726e286073616d7479636b653a20247b6e7d602c6529297d66756e6374696f6e20722865297b6e28652c6061203c74656d706c6174653e2077617320676976656e206368696c6472656e2c206173206672616d65776f726b7320646f2e205468657920617265206c69766520756e74696c207468657920617265206d6f7665642c20736f20612072657175657374206d61792068617665206265656e2073656e742e20577269746520646174612d73616d7479636b652d737263206f6e2074686520656c656d656e7420696e73746561642e60297d66756e6374696f6e20692865297b652e636c6f736573742860766964656f2c617564696f60293f2e6c6f616428292c6e28652c60612068656c6420656c656d656e7420686164206974732061646472657373207768657265207468652062726f777365722072656164732069742c2070657268617073207365742062792061206c617a79206c6f616465722e205468652061646472657373207761732072656d6f7665642c2062757420612072657175657374206d61792068617665206265656e2073656e742e20577269746520646174612d73616d7479636b652d7372632c206e6f7420737263206f7220646174612d7372632e60297d66756e6374696f6e206128742c72297b69662821722972657475726e3b6c657420693d6528742e64617461736574292c613d692e6c656e6774683f606e6f2063686f6963652063616e207065726d69742022247b692e6a6f696e28602060297d22603a606e6f20707572706f7365206973206e616d6564602c6f3d722e707572706f7365732e666c61744d617028287b69643a652c76656e646f72733a747d293d3e5b652c2e2e2e28743f3f5b5d292e6d617028743d3e60247b657d2f247b742e69647d60295d293b6e28742c60247b617d2c20736f2074686973207374617973206f66662e204b6e6f776e20686572653a20247b5b2e2e2e4f626a6563742e6b65797328722e776f7264732e63617465676f72696573292c2e2e2e6f5d2e6a6f696e28602c2060297d2e60297d6578706f72747b69206173206c697665416464726573732c72206173206c6976654368696c6472656e2c6120617320756e6b6e6f776e507572706f73657d3b', '\x1ba603408cd456f70d611b21c9ec5333a7957423117e2c759832b56afe8e28dfecc890eab868c67cfa533517b05880f8fd8cb1305bc7ecb468814aba8002546c06060cd3cb97c797e9b4edb1c88a343811ae6a0631d056353be441f95f7868bc121d1ee18d1d4ebb9cccc1e749bfe156657ba93ea5fe3205a584d5f95d0c8bffff8191bed749f3bff0b79414a2c9de7fbbad4ee0b8a61649111b1daa385889955160d65873f1d12a1ec55d94466bd067f66577a42c76248a87cb259e9485659079917b2cc1ac5476ee26e016da3a3cb7d2414e8197e46fbfce3e369f5eeb7a913ad4285e950c2389b88cf0868fc41f9427d21bbc4b0f6b77dd1491cf4fde40e985c1da37c46a4c1d561b709a580d42662bd2f1c5a242f184d5a7f3de2148d941087a297f2c1de7b504a71220ed17ecee3fecd4613dd7e05ce9ccd49164be1e6bf3654c796aadea24c146022d1c1ed775a83b561122b6c33879920fbe3d41d620529e17ce778cfba06f17f211425df713a5b1e768b189379c2f1e959839f872f9f88cbcffb8cf17f1b86a1b1c57e775df223ee3340527ae3403c1680b34770cf2db1b7bf14325b0d9fc9199c1889086b885e1b6632429f8563f3fb3a25082bc5cfd411abd8685f2235740254bfcc95491c423965f79cc6953', 'sha384-DFU0CoMWMgz2bdRLTGNd4CAcalldUK5GWp3j1PllD8v5hd1Supq3LlX9QuppWQxa', 1796055791663);
INSERT INTO public.sdk_file VALUES ('mistakes.df8252ce18.js', 'text/javascript; charset=utf-8', '\x696d706f72747b6f20617320657d66726f6d222e2f62616e6e65722e6a73223b636f6e737420743d6e6577205765616b5365743b66756e6374696f6e206e28652c6e297b742e6861732865297c7c28742e6164642865292c636f6e736f6c652e7761726e286073616d7479636b653a20247b6e7d602c6529297d66756e6374696f6e20722865297b6e28652c6061203c74656d706c6174653e2077617320676976656e206368696c6472656e2c206173206672616d65776f726b7320646f2e205468657920617265206c69766520756e74696c207468657920617265206d6f7665642c20736f20612072657175657374206d61792068617665206265656e2073656e742e20577269746520646174612d73616d7479636b652d737263206f6e2074686520656c656d656e7420696e73746561642e60297d66756e6374696f6e20692865297b652e636c6f736573742860766964656f2c617564696f60293f2e6c6f616428292c6e28652c60612068656c6420656c656d656e7420686164206974732061646472657373207768657265207468652062726f777365722072656164732069742c2070657268617073207365742062792061206c617a79206c6f616465722e205468652061646472657373207761732072656d6f7665642c2062757420612072657175657374206d61792068617665206265656e2073656e742e20577269746520646174612d73616d7479636b652d7372632c206e6f7420737263206f7220646174612d7372632e60297d66756e6374696f6e206128742c72297b69662821722972657475726e3b6c657420693d6528742e64617461736574292c613d692e6c656e6774683f606e6f2063686f6963652063616e207065726d69742022247b692e6a6f696e28602060297d22603a606e6f20707572706f7365206973206e616d6564602c6f3d722e707572706f7365732e666c61744d617028287b69643a652c76656e646f72733a747d293d3e5b652c2e2e2e28743f3f5b5d292e6d617028743d3e60247b657d2f247b742e69647d60295d293b6e28742c60247b617d2c20736f2074686973207374617973206f66662e204b6e6f776e20686572653a20247b5b2e2e2e4f626a6563742e6b65797328722e776f7264732e63617465676f72696573292c2e2e2e6f5d2e6a6f696e28602c2060297d2e60297d6578706f72747b69206173206c697665416464726573732c72206173206c6976654368696c6472656e2c6120617320756e6b6e6f776e507572706f73657d3b', '\x1b9b03001421c9ec4b53a795747147f0fe6ec394296305ffe3eb524e902acba8d33413b05880782fa5344cd7d2bf59f4819eb40105e85b181486e9e5cbe36774daf65864451a9c1057ad803a58af9c5df3acc47b3ef8f57c2cd90362a9f2b3bf72f56c3127fa3627a38c2d78a70e8b974b62749a7452f83ffca33527713dc7df78b4016e5bee4286d82951d5c146ae1485451bcdd5b7aa7802775108adc354d885ddd1bac69128152e9f3850165e40a7431e21046b52d9a79b605a68edf0d1eb0825c75b92bff43a476180deeb767f3a5491aa4af69008ae03bbe12371089d8914073b9d601f1e9b22e0f9391be8ba70d8c73e588d5bc066030e11ab41a46c454abe7a30285eb0f90aee3b04b9048841af259eebc87bad29a80a24fb157bf92f270bd82f2d0557bb700b245dee87d87c2db9cca855a366d83fa085ebdbb68f70c74a40b05fcb50968fb93d01d440a82c2b3f719cbb9e5f4ffa9952db4f83d19073b6fa101d97ab1723664eb15ebfbc219f97a29372dbaccf6e5bf07eea826f38cf290857bb89609005883b0e65bb65e77d2805569bbf30330611c910b732ca0e0c2005dfeb973766144a90986bbf00a3f7b0517ec00aa8668aff962a9a78a0f20b8e397d0e', 'sha384-YxIPztm6RGZfudRo5XMLfsQ1eHoQOwUOR0qqbTMyjXdt25rpVb7Jv62lw2ZufD+z', 1796055791663);
INSERT INTO public.sdk_file VALUES ('placeholder.380dee5e50.js', 'text/javascript; charset=utf-8', '\x696d706f72747b6120617320657d66726f6d222e2f62616e6e65722e6a73223b636f6e737420743d60406c617965722073616d7479636b652d656d6265647b247b605b646174612d73616d7479636b652d68656c645d7b646973706c61793a6e6f6e657d2e73616d7479636b652d656d6265647b2d2d732d6261636b67726f756e643a766172282d2d73616d7479636b652d6261636b67726f756e642c23666666293b2d2d732d746578743a766172282d2d73616d7479636b652d746578742c23316332323238293b2d2d732d656467653a766172282d2d73616d7479636b652d656467652c23373638303861293b2d2d732d616374696f6e3a766172282d2d73616d7479636b652d616374696f6e2c23323232613332293b2d2d732d616374696f6e2d746578743a766172282d2d73616d7479636b652d616374696f6e2d746578742c23666666293b616c6c3a696e697469616c3b636f6c6f722d736368656d653a6c696768743b646973706c61793a626c6f636b3b616c69676e2d636f6e74656e743a736166652063656e7465723b6f766572666c6f773a6175746f3b6f766572666c6f772d777261703a616e7977686572653b746578742d616c69676e3a63656e7465723b636f6c6f723a766172282d2d732d74657874293b6261636b67726f756e643a766172282d2d732d6261636b67726f756e64293b626f726465723a3020736f6c69642023303030303b6f75746c696e653a31707820736f6c696420766172282d2d732d65646765293b6f75746c696e652d6f66667365743a2d3170783b666f6e743a6d617828313570782c2e3933373572656d292f312e3520766172282d2d73616d7479636b652d666f6e742c73797374656d2d75692c73616e732d7365726966293b666f6e742d73697a653a766172282d2d73616d7479636b652d73697a652c6d617828313570782c2e3933373572656d29297d406d6564696128707265666572732d636f6c6f722d736368656d653a6461726b297b2e73616d7479636b652d656d6265642e73616d7479636b652d6175746f7b2d2d732d6261636b67726f756e643a766172282d2d73616d7479636b652d6261636b67726f756e642c23313931643232293b2d2d732d746578743a766172282d2d73616d7479636b652d746578742c23656365666632293b2d2d732d656467653a766172282d2d73616d7479636b652d656467652c23376438383934293b2d2d732d616374696f6e3a766172282d2d73616d7479636b652d616374696f6e2c23653665616565293b2d2d732d616374696f6e2d746578743a766172282d2d73616d7479636b652d616374696f6e2d746578742c23313931643232293b636f6c6f722d736368656d653a6461726b7d7d2e73616d7479636b652d656d6265642e73616d7479636b652d6461726b7b2d2d732d6261636b67726f756e643a766172282d2d73616d7479636b652d6261636b67726f756e642c23313931643232293b2d2d732d746578743a766172282d2d73616d7479636b652d746578742c23656365666632293b2d2d732d656467653a766172282d2d73616d7479636b652d656467652c23376438383934293b2d2d732d616374696f6e3a766172282d2d73616d7479636b652d616374696f6e2c23653665616565293b2d2d732d616374696f6e2d746578743a766172282d2d73616d7479636b652d616374696f6e2d746578742c23313931643232293b636f6c6f722d736368656d653a6461726b7d406d6564696128666f726365642d636f6c6f72733a616374697665297b2e73616d7479636b652d656d6265642e73616d7479636b652d656d6265647b2d2d732d6261636b67726f756e643a43616e7661733b2d2d732d746578743a43616e766173546578743b2d2d732d656467653a427574746f6e426f726465723b2d2d732d616374696f6e3a427574746f6e466163653b2d2d732d616374696f6e2d746578743a427574746f6e546578747d7d2e73616d7479636b652d656d626564202a7b616c6c3a7265766572743b626f782d73697a696e673a626f726465722d626f787d2e73616d7479636b652d656d6265643e6469767b70616464696e673a31656d7d2e73616d7479636b652d656d62656420707b6d617267696e3a30206175746f3b6d61782d696e6c696e652d73697a653a3430656d7d2e73616d7479636b652d656d626564202e73616d7479636b652d736d616c6c7b6d617267696e2d626c6f636b2d73746172743a2e34656d3b666f6e742d73697a653a2e3835656d7d2e73616d7479636b652d656d62656420617b646973706c61793a626c6f636b3b696e6c696e652d73697a653a6669742d636f6e74656e743b6d617267696e2d696e6c696e653a6175746f3b70616464696e672d626c6f636b3a2e32656d3b636f6c6f723a696e68657269743b746578742d756e6465726c696e652d6f66667365743a2e32656d7d2e73616d7479636b652d656d62656420627574746f6e7b646973706c61793a626c6f636b3b6d617267696e3a2e3735656d206175746f3b6d696e2d696e6c696e652d73697a653a343470783b6d696e2d626c6f636b2d73697a653a343470783b70616464696e673a2e35656d202e39656d3b636f6c6f723a766172282d2d732d616374696f6e2d74657874293b6261636b67726f756e643a766172282d2d732d616374696f6e293b626f726465723a31707820736f6c69642023303030303b626f726465722d7261646975733a63616c6328766172282d2d73616d7479636b652d7261646975732c3134707829202a202e36293b666f6e743a696e68657269743b666f6e742d7765696768743a3630303b6c696e652d6865696768743a312e333b637572736f723a706f696e7465727d2e73616d7479636b652d656d62656420627574746f6e3a686f7665727b746578742d6465636f726174696f6e3a756e6465726c696e653b746578742d756e6465726c696e652d6f66667365743a2e3235656d7d2e73616d7479636b652d656d626564203a666f6375732d76697369626c657b6f75746c696e653a32707820736f6c696420766172282d2d732d74657874293b6f75746c696e652d6f66667365743a3270787d602e7265706c616365282f285b5e7b7d3b5c735d295c732a285b3b7d5d292f672c60243121696d706f7274616e74243260297d7d603b6c6574206e2c723d303b66756e6374696f6e20692865297b722b3d312c6e3f3f3d6f28293f3f732865297d66756e6374696f6e206128297b2d2d722c727c7c286e3f2e72656d6f766528292c6e3d766f69642030297d66756e6374696f6e206f28297b7472797b6c657420653d6e6577204353535374796c6553686565743b72657475726e20652e7265706c61636553796e632874292c646f63756d656e742e61646f707465645374796c655368656574733d5b652c2e2e2e646f63756d656e742e61646f707465645374796c655368656574735d2c7b72656d6f766528297b646f63756d656e742e61646f707465645374796c655368656574733d646f63756d656e742e61646f707465645374796c655368656574732e66696c74657228743d3e74213d3d65297d7d7d63617463687b72657475726e7d7d66756e6374696f6e20732865297b6c6574206e3d646f63756d656e742e637265617465456c656d656e7428607374796c6560293b72657475726e206e2e6e6f6e63653d653f3f60602c6e2e74657874436f6e74656e743d742c646f63756d656e742e686561642e617070656e64286e292c6e7d636f6e737420633d5b60706f736974696f6e602c607a2d696e646578602c60666c6f6174602c60636c656172602c60766572746963616c2d616c69676e602c60626f782d73697a696e67602c606f72646572602c60616c69676e2d73656c66602c606a7573746966792d73656c66602c60666c65782d67726f77602c60666c65782d736872696e6b602c60666c65782d6261736973602c606173706563742d726174696f602c606d696e2d7769647468602c606d61782d7769647468602c606d696e2d686569676874602c606d61782d686569676874602c60677269642d726f772d7374617274602c60677269642d726f772d656e64602c60677269642d636f6c756d6e2d7374617274602c60677269642d636f6c756d6e2d656e64602c60626f726465722d746f702d6c6566742d726164697573602c60626f726465722d746f702d72696768742d726164697573602c60626f726465722d626f74746f6d2d6c6566742d726164697573602c60626f726465722d626f74746f6d2d72696768742d726164697573602c2e2e2e5b60746f70602c607269676874602c60626f74746f6d602c606c656674605d2e666c61744d617028653d3e5b652c606d617267696e2d247b657d602c6070616464696e672d247b657d602c60626f726465722d247b657d2d7769647468605d295d2c6c3d5b607472616e73666f726d602c607472616e73666f726d2d6f726967696e605d2c753d7b77696474683a603330307078602c6865696768743a603135307078607d3b66756e6374696f6e206428652c742c6e297b6c657420723d60602c693d302c613d28293d3e7b6c65747b636c69656e7457696474683a742c636c69656e744865696768743a727d3d6e2e706172656e74456c656d656e743f3f646f63756d656e742e646f63756d656e74456c656d656e743b72657475726e5b742c722c652e676574436c69656e74526563747328292e6c656e6774682c696e6e657257696474682c696e6e65724865696768745d2e6a6f696e28297d2c6f3d28293d3e7b693d302c6e2e6973436f6e6e65637465642626612829213d3d722626286628652c742c6e292c723d612829297d2c733d28293d3e7b697c7c3d72657175657374416e696d6174696f6e4672616d65286f297d2c633d6e657720526573697a654f627365727665722873293b72657475726e206f28292c632e6f6273657276652865292c6e2e706172656e74456c656d656e742626632e6f627365727665286e2e706172656e74456c656d656e74292c6164644576656e744c697374656e65722860726573697a65602c73292c28293d3e7b632e646973636f6e6e65637428292c63616e63656c416e696d6174696f6e4672616d652869292c72656d6f76654576656e744c697374656e65722860726573697a65602c73297d7d66756e6374696f6e206628652c742c6e297b6c657420723d743d3d3d6e3f743a6d28742c6e292c693d28742c6e293d3e652e7374796c652e73657450726f706572747928742c6e2c60696d706f7274616e7460293b652e72656d6f766541747472696275746528607374796c6560292c692860646973706c6179602c606e6f6e6560292c722e72656d6f76654174747269627574652860646174612d73616d7479636b652d68656c6460293b6c657420613d676574436f6d70757465645374796c652872292c7b646973706c61793a6f7d3d612c733d6c2e6d617028653d3e612e67657450726f706572747956616c7565286529292c643d722e676574426f756e64696e67436c69656e745265637428292c663d722e676574436c69656e74526563747328292e6c656e6774683e303b722e746f67676c654174747269627574652860646174612d73616d7479636b652d68656c64602c2130293b666f72286c65742065206f662063296928652c612e67657450726f706572747956616c7565286529293b666f72286c65745b652c745d6f66206c2e656e74726965732829296928742c735b655d293b6c657420683d612e617370656374526174696f213d3d606175746f603b666f72286c65742065206f665b607769647468602c60686569676874605d297b6c657420743d653d3d3d607769647468603f612e6865696768743a612e77696474683b6928652c615b655d3d3d3d606175746f603f68262674213d3d606175746f603f606175746f603a755b655d3a615b655d297d612e6d617857696474683d3d3d606e6f6e656026266928606d61782d7769647468602c2f6162736f6c7574657c66697865642f2e7465737428612e706f736974696f6e293f603130307677603a603130302560292c72213d3d6e2626722e72656d6f766528292c692860646973706c6179602c6f3d3d3d60696e6c696e65603f60696e6c696e652d626c6f636b603a6f292c6626266f213d3d606e6f6e65602626287028652c642c69292c4d6174682e6d696e28642e77696474682c642e686569676874293c323426266928607669736962696c697479602c6068696464656e6029297d66756e6374696f6e207028652c742c6e297b6c657420723d28293d3e7b6c6574206e3d652e676574426f756e64696e67436c69656e745265637428292c723d6e2e77696474682f652e6f666673657457696474687c7c312c693d653d3e28745b655d2d6e5b655d292f723b72657475726e7b77696474683a692860776964746860292c6865696768743a69286068656967687460292c6c6566743a6928606c65667460292c746f703a692860746f7060292c7363616c653a727d7d2c693d282e2e2e65293d3e652e736f6d6528653d3e4d6174682e6162732865293e2e35292c7b77696474683a612c6865696768743a6f2c7363616c653a737d3d7228293b6966286928612c6f29297b6e2860626f782d73697a696e67602c60626f726465722d626f7860292c6e2860666c6578602c606e6f6e6560293b666f72286c65742065206f665b606d696e2d7769647468602c606d696e2d686569676874605d296e28652c603060293b6e28606d61782d686569676874602c606e6f6e6560292c6e28606173706563742d726174696f602c606175746f60292c6e28607769647468602c60247b742e77696474682f737d707860292c6e2860686569676874602c60247b742e6865696768742f737d707860297d6c65747b6c6566743a632c746f703a6c7d3d7228293b696628216928632c6c292972657475726e3b6c657420753d676574436f6d70757465645374796c652865292c643d653d3e4e756d6265722e7061727365466c6f61742865297c7c303b752e706f736974696f6e3d3d3d607374617469636026266e2860706f736974696f6e602c6072656c617469766560293b666f72286c65745b652c742c725d6f665b5b606c656674602c632c607269676874605d2c5b60746f70602c6c2c60626f74746f6d605d5d296e28652c60247b6428755b655d292b747d707860292c6e28722c606175746f60297d66756e6374696f6e206d28652c74297b6c6574206e3d652e636c6f6e654e6f646528293b666f72286c65747b6e616d653a657d6f665b2e2e2e6e2e617474726962757465735d292f5e287372637c737263646f637c6e616d657c646174612d2e2a29242f2e7465737428652926266e2e72656d6f76654174747269627574652865293b72657475726e20742e6166746572286e292c6e7d636f6e737420683d6e6577204d61703b6173796e632066756e6374696f6e206728297b61776169742050726f6d6973652e616c6c285b2e2e2e682e76616c75657328295d2e6d617028653d3e6528292e63617463682828293d3e7b7d2929297d6173796e632066756e6374696f6e205f28742c6e2c722c6f297b6c657420733d6177616974206f2e646f63756d656e7428292e63617463682828293d3e766f69642030292c633d742e6c6f63616c4e616d653d3d3d6074656d706c617465603f742e636f6e74656e742e717565727953656c6563746f722860696672616d6560293a743b69662821637c7c21742e6973436f6e6e65637465647c7c742e646174617365742e73616d7479636b65507572706f73653d3d3d766f69642030262621287326266528732c6e29292972657475726e28293d3e7b7d3b6c6574206c3d762874292c753d646f63756d656e742e637265617465456c656d656e74286064697660293b752e636c6173734e616d653d6073616d7479636b652d656d6265642073616d7479636b652d247b6f2e7468656d653f3f606175746f607d602c752e7365744174747269627574652860726f6c65602c6067726f757060293b6c657420663d653d3e7b6c657420693d752e636f6e7461696e7328646f63756d656e742e616374697665456c656d656e74293b6228752c632c6e2c6c3f2e687265663f3f742e646174617365742e73616d7479636b654c696e6b3f3f792863292c65293b6c657420613d752e717565727953656c6563746f722860627574746f6e60293b613f2e6164644576656e744c697374656e65722860636c69636b602c653d3e6f2e61736b287228292c652e69735472757374656429292c692626613f2e666f63757328297d3b662873292c682e73657428752c6173796e6328293d3e66286177616974206f2e646f63756d656e7428293f3f7329292c69286f2e6e6f6e6365292c742e61667465722875293b666f72286c65742065206f665b742c6c5d29653f2e746f67676c654174747269627574652860646174612d73616d7479636b652d68656c64602c2130293b6c657420703d6428752c632c74293b72657475726e28293d3e7b6c657420653d752e636f6e7461696e7328646f63756d656e742e616374697665456c656d656e74293b7028292c682e64656c6574652875292c752e72656d6f766528292c6128293b666f72286c65742065206f665b742c6c5d29653f2e72656d6f76654174747269627574652860646174612d73616d7479636b652d68656c6460293b652626743d3d3d632626742e666f63757328297d7d66756e6374696f6e20762865297b6c657420743d652e70726576696f7573456c656d656e745369626c696e673b72657475726e20743f2e6d6174636865732860615b646174612d73616d7479636b652d6c696e6b5d60293f743a766f696420307d66756e6374696f6e20792865297b72657475726e20652e646174617365742e73616d7479636b655372633f3f652e646174617365742e7372633f3f652e676574417474726962757465286073726360293f3f60607d66756e6374696f6e206228652c742c6e2c722c69297b6c657420613d432872292c6f3d4328792874297c7c72293f2e686f73746e616d653f3f613f2e686f73746e616d653f3f60603b652e7365744174747269627574652860617269612d6c6162656c602c742e7469746c657c7c6f293b6c657420733d646f63756d656e742e637265617465456c656d656e74286064697660293b69662869297b652e6c616e673d692e6c616e67756167652c652e6469723d692e646972656374696f6e3b6c65747b776f7264733a747d3d692c723d45286e2c69292c613d7b686f73743a723f60247b727d2028247b6f7d29603a6f2c63617465676f72793a54286e2c69297d2c633d646f63756d656e742e637265617465456c656d656e742860627574746f6e60293b632e747970653d60627574746f6e602c632e646174617365742e73616d7479636b65416374696f6e3d60656d626564602c4f28632c742e656d6265645f6c6f61642c61292c732e617070656e64284f28646f63756d656e742e637265617465456c656d656e7428607060292c742e656d6265642c61292c2e2e2e78286e2c69292c63297d69662861297b6c657420653d646f63756d656e742e637265617465456c656d656e7428606160293b652e687265663d612e687265662c652e72656c3d606e6f7265666572726572602c732e617070656e64284f28652c693f2e776f7264732e656d6265645f6c696e6b3f3f607b686f73747d602c7b686f73743a6f2c63617465676f72793a60607d29297d652e7265706c6163654368696c6472656e2873297d66756e6374696f6e207828652c7b707572706f7365733a742c746578743a6e2c776f7264733a727d297b6c657420693d742e66696c74657228287b69643a742c63617465676f72793a6e7d293d3e652e736f6d6528653d3e653d3d3d6e7c7c772865293d3d3d7429292c613d692e6d617028287b69643a657d293d3e6e2e707572706f7365732e66696e6428743d3e742e69643d3d3d6529292e666c61744d617028653d3e653f5b60247b652e7469746c657d2e20247b652e6465736372697074696f6e7d605d3a5b5d293b666f72286c65747b69643a742c76656e646f72733a6e7d6f662069296e3f2e5b305d262621652e736f6d6528653d3e652e737461727473576974682860247b747d2f6029292626612e707573682860247b722e76656e646f72737d3a20247b6e2e6d617028287b6e616d653a657d293d3e65292e6a6f696e28602c2060297d60293b72657475726e205328292626692e736f6d6528287b6770633a657d293d3e65292626612e7075736828722e677063292c5b2e2e2e612c6e2e77697468647261775d2e6d617028653d3e7b6c657420743d646f63756d656e742e637265617465456c656d656e7428607060293b72657475726e20742e636c6173734e616d653d6073616d7479636b652d736d616c6c602c742e74657874436f6e74656e743d652c747d297d66756e6374696f6e205328297b72657475726e206e6176696761746f722e676c6f62616c50726976616379436f6e74726f6c3d3d3d21307d66756e6374696f6e20432865297b7472797b6c657420743d6e65772055524c28652c646f63756d656e742e62617365555249293b72657475726e2f5e68747470733f3a242f2e7465737428742e70726f746f636f6c293f743a766f696420307d63617463687b72657475726e7d7d66756e6374696f6e20772865297b72657475726e20652e73706c697428602f60295b305d7d66756e6374696f6e205428652c7b707572706f7365733a742c776f7264733a6e2c6c616e67756167653a727d297b6c657420693d652e6d617028653d3e7b6c657420693d742e66696e6428287b69643a747d293d3e743d3d3d77286529293f2e63617465676f72793f3f653b696628214f626a6563742e6861734f776e286e2e63617465676f726965732c69292972657475726e20653b6c657420613d6e2e63617465676f726965735b695d3b72657475726e20723d3d3d606465603f613a612e746f4c6f63616c654c6f776572436173652872297d293b72657475726e5b2e2e2e6e6577205365742869295d2e6a6f696e28602c2060297d66756e6374696f6e204528652c7b707572706f7365733a747d297b6c6574206e3d742e666c61744d617028287b69643a742c76656e646f72733a6e7d293d3e6e3f2e66696c746572286e3d3e652e696e636c756465732860247b747d2f247b6e2e69647d6029293f3f5b5d293b72657475726e5b2e2e2e6e657720536574286e2e6d617028287b6e616d653a657d293d3e6529295d2e6a6f696e28602c2060297d66756e6374696f6e204428652c74297b72657475726e20652e73706c6974282f5c7b28686f73747c63617465676f7279295c7d2f292e6d61702828652c6e293d3e6e25323f7b746578743a745b655d2c66696c6c65643a21307d3a7b746578743a652c66696c6c65643a21317d292e66696c74657228653d3e652e74657874297d66756e6374696f6e204f28652c742c6e297b666f72286c65742072206f66204428742c6e29297b6c657420743d646f63756d656e742e637265617465456c656d656e74286062646960293b742e74657874436f6e74656e743d722e746578742c652e617070656e6428722e66696c6c65643f743a722e74657874297d72657475726e20657d6578706f72747b5f2061732073686f77506c616365686f6c6465722c67206173207570646174657d3b', '\x1b6f21001c8571633d627069932851ef23225da6b3d7d75c9a94b145493723b8fe2bede79455e4057467af99d59ac0089b59aaafaf94c2c1c66b48298d0c827cfe323377b1a8c9b99d4b3fa292a6feffb9f2edcc9e5655f5f80ac7b6b20a8d05d69bfbeecd3d272f30946c379949cf192c00bc4021d92dcd96e1ffaf085509d427a791a4ff8fa17a7fea450444f24cd62112f7496ee5ee328cc8f5773a0eb1c9fcbb7b57b65cbe3e1383f7c2ebabc4b19583ff8f45bb7cc53a9d26a87881fd00ae339e966aed3768c49b8a221e43b15bb91b591589a8be325fa3a6a24b14803d3630b80f06db617a3a9bcdee5f811e660a7783b793dd7dbb9fdc3b2c7eec33fa0c7e2e61f669e6ae66c900a8de046ac75d34652dca79c59805d9ca12d339f36a10dc6415d56094ad14b5cc4c8f4057ecc26359b54b2a4ba84ccc150125948da10b9e5504bbba48043951a7e9c0f1ac39a51f5fae1e82d1f1d6d661cc8208c3b298ae8cb4ae6cc7bd92287f546e1e3edfdd30b67a33d59b15ea20b89993dfc5c5c32401327ac597b878e03e429e4580f843c58eda68fe99b1403c70633fbd509fe204083e5ab4f8114d7f4eebd9ec7585e129ae56b305dedfdf3f5caf74f80d1d22431b8f90f91b0282fc9fba25f2c186071f6ab194998994935a84edf6c9d1ce458c901b2c6ca9941f5b1ddc1e9b5a0af283e543e3cb86df90547cedf9d9e52270e810f9d6c9fc75deb3c96d02adcbf13de4eea3f516fb69a70a5c7edada64bdeda2e20be1536ac76f6ca3912fc7bade4654dc44a342c9a0e2228b234fbad95cb796bdaf64eebfa6d5c72d12329279b89a44565af33c30080a492a17e6bbb134b3d68a43deff268a4b6ea3497689c0f1a060a31b070fa166a3b9fb8a2d7ae63211681b765b76d55dc7b961a2dfce3cb456526395a714d8188685358965fea41affc16ec73af4b1f463e31543a0b7cc574fdd41af2e57e656d2327e221ae22db7dbc95c23b8dd54af8a85300dce50531d39a9189068ba5a48a40659ea3056a1afd8a9459af50c128ebd85a0a70d8372f5dfabea390de531569cc40f52cd878acd9a703a5d89f33b9c7e1a1031cc9b2619916d5234a6ef1c04b1f0914d49eeb613edcb288808f406277a290a26f7aec83bdaeb94265977f5f849f062d794db43caca431b0073f0e94f9553ac38a0abe436c27fd89f037925a0ba4a2ab612ed4b8db6421a6342854f4c708d7a492cad3f5e61449e24b6b85f9b4544ecd48e2c32c70dc504fc88af51916a29411975406bf64949037eb24577809c54da5e14ded3ac141f9459ea71eea008a4504bbbde2ad0604320ace1aa5dc29d8d694f421d2e40acb519822b42d307c2238444a50c5471cd81ba90f80ca9fab82fba24fad72e77ff39d0ff67d18dd01e78ff46b2e001ed13a482d0ebe16bb671ef4ec467e4c90ed0736a17b7f39bf88c3886edaa7e42cd5e0dc6eef4adae0b2cfa7a2408a29ed89d8c7fc4be50724cfa8cfb7ea231a60299b740e0726058ed02a454813a489c277d735b85b6d821418aeffa2e610c39087072a2ecc08530765845656315f4734e037e9845976b2354f6d6b9376137712e508ef930fdfa7d5c3076a16e5348d4fa3236803cd884ce94b685fbf1e9c8e16a4217daeeec060e23edcb11590f2d9d52f102fb129d3faa123251d74d3ea5b6f36ff41295b63a39f9b8c4213fba885fc6d3199f69eb60071b80d9230d77abd03cf93c39d16b6b3925b52ad530d93cb488e363a377db076c7da0d00a667148ceeb3b04bd20c28df7d2d67e4356913d4166b5e9b5f3bc9d42b0f0a79da710712f7d35977835c148b01e1841f8a41ff99128d1254af3207de320ad075082a54b4f154039abaa7d8898b5e4f7b9158f80c1a62f638bb673bc30365969067c87086d420750509abb1fc454c0c2abc320a0206c03049ac97d048e92d029ae025a994dced64db66280a2b6a718543a1ed38539466bb4659a8b465d032b8ea67a5b04581b7b8a15932e0ab4a6aeb6d25c7d27525c7bb12d7c9a418e005e9fa389ae5065d562fdc8abee90794c82048943afad90529fade60ab0f2188d498471871503ed8d399593628db5e6c82ce85459c8cfab4056d2bd592b76a2185280ba3b7d0c4aa7ae720e637787d512decd3729c9da0527cbb90f66e4b0db23466dc73dff413c51a1b7a4f320e2da1e1b74e4d11a638e6d63b61b37d143b4c3743bd9bd419e36ce086297b5594a892e7214d9185d6ea83dbae0175071dc0b7207ae52420cc3f33dd556903503385e8f0ded44aa2eb19bd72868e95fb32f802b46ad3a10ac4aa7037490ec964758e2dd5d4686e45467a32cebe3a63a96c0d84b8f7dca60680b911dd66342a8bb61e141a2d80d525936bebd2075ba1e6cdaca519b06275fe6ed8336190078a07d3e47306edb18838ffedc2253086454dc3f7563e36fbd01b3b45d4e5697c6fa18c662e8fc01823876c042d2f42bbda5f5009234e6ccd77144a9de89cb4c9c3fc495206132a090dc9178e84ba2170025a2a79e68e33409a61b77710d10a64501d0814218d14c01ee2694de690a7bd02888670318dca10423f412a780465d7f68c31463c032beea4c8729443f4e4a4fdf40ae68977c1ba47312754b379d6681ffcbe4e75a55d5ac47af15b8955a82d3e80756c55ef334d5c294218ea4f836a34921df81d601c5aef3171de119ea64088c741484658cc7b718634877fafa326c9e55bcf5c7bb5b5f77fe18581ea55e472ff53b9e7e67443a2741ee607b28e5740ba9faa7dcb4a0ad6f6e3b9fb1c400af5b8b5e9c7199fe092e9aeea251a0999beb708ba7ab880f9ae8336a2478f29d060091a67c69a2eacc0e09b56819389dca114d86ba1e2d7a93316081251d2a5337fc76c045fbd362745c683b6f77acc0a4dd0264a1a8b7f9de47a276348f5d147bab234abf8db68cef5adbe95993d248c5890286249023964f10e597d6d84e04ec3b09c3f5b47b72fab16ef5b3d04764a7e05dea86e5652de5fb6d62c87b33b70196fa0008c66f6a851b2b43f11706eb4f281203856620bc858ef99f223d3d898debe616574b4704d8e00f59fa413c882d7d6e8f61ec2d7f004071ae2a9298a5f05580688b59dddd7fc5a2891aeed6467e06d61a0c2939dfeacf3e515612c14d8903d5936c00d3631c84427c5fc6246ad2f5b73c4d8aceeb25ddc749d8543457122076b0b51a49b6300c372e278c18ae6ca524f88715bea907fba6f32c9cc0783414aebd3025316bfd24634e112b851d2b16fa10cd08b2ddff84d726d05a00587e65a3e9076e6e07ece879c3a05d320b28990c1c28957ca49ab7fe61bf742f74caaec957f3a800fac64ac285579312615cd8cbd927c56037f9d28308fa91e166334721c71a19e7703b8039728832033300ca80d1eac7de55eee8239b62ebea63c1b1b48536e8d9a4dc1db59ed88651a6418a321d93e6cb252c90ed8b1003e82c41f86d4af6e13471acd469ea0243d9f1f034e5dfd05717f400316b493f603bddb13f3de2699f481244c97ec01fe229ea60bc9c7dcbae03a3a5e1ac7e48a6da3d4515b1dac6987d9176f488e9a05ce58c0e81361c7d0a7152b56ef229392ab7c602cdf3fb3200cb7a647045a10eaf903812f0170c433e1dc1db6e000310b624fd649f1e1f5bd5e2de4e07225a159a9c6bc49a6a704044da62007a1795c2be947ccea450cc6668662df5fea65dda5e003a0bed9c886c600cf74af304ab5295eaa7a686bd7dcdc04eb063f31d9c2624497fd0ecb23a3773b76178cad5937840e0c41207658e0fbf713e640157aed5a4a6f31198785e78e0d4a9826675406c40239dbb79c0408596a6b46ac8998b454500fec1cf5a43c7fc5d20cf0061c7dae18fd2e93c64b649a5f5b58fc21994597d2a9a7ac04d8ea48361e167124669a98ebfe3db46b6be5f0a14135a0f2951eb00298b2465de30ce0aa6851168eef6cdd6da912c2b7e62dbe580c0a92f1f42420c33a1079d6d709e31fe7b487fde322b58b60c464f9195a9ac889937c9498bd70430864d1c2a01f3fe123052ae4714432a116711cd48d42ed54f5053d04c40c621dc1078b074d48170c8fd9fb219e38f37523454be6e1e0040a9c98f049954855a5ec5662dd40ddc65a7326f9643e2f63fe074bd868c401d100820f8ddffa0a8804a6e4ae167f1c50eb5d81116ca552c01cc673b271bc40afaa206f404d4fe2386fd3068f8b27a8228911bd20059fc9c2f95d81c3f2625a8ece3d3067d326c74ca3e92c06cbd9ff92287a05369f2ef50d71e4d22fb38f8124e03251a4008a20261ffe8e8eaca4391fdecb3723f11b0daf0eb3e3cc7309264172f47915c6305a6b3bccf9cbf5ee020daf3a214c51758bb52fd836b196b0f5ceea23214', 'sha384-452hlHk8ccGHsmHoZoe8xcPIW7z+zeUuQ7+KB7DoSp2wF5fatXkaJrg865aFt5aw', 1796055791663);
INSERT INTO public.sdk_file VALUES ('placeholder.e097675d07.js', 'text/javascript; charset=utf-8', '\x696d706f72747b6120617320657d66726f6d222e2f62616e6e65722e373439626165376338342e6a73223b636f6e737420743d60406c617965722073616d7479636b652d656d6265647b247b605b646174612d73616d7479636b652d68656c645d7b646973706c61793a6e6f6e657d2e73616d7479636b652d656d6265647b2d2d732d6261636b67726f756e643a766172282d2d73616d7479636b652d6261636b67726f756e642c23666666293b2d2d732d746578743a766172282d2d73616d7479636b652d746578742c23316332323238293b2d2d732d656467653a766172282d2d73616d7479636b652d656467652c23373638303861293b2d2d732d616374696f6e3a766172282d2d73616d7479636b652d616374696f6e2c23323232613332293b2d2d732d616374696f6e2d746578743a766172282d2d73616d7479636b652d616374696f6e2d746578742c23666666293b616c6c3a696e697469616c3b636f6c6f722d736368656d653a6c696768743b646973706c61793a626c6f636b3b616c69676e2d636f6e74656e743a736166652063656e7465723b6f766572666c6f773a6175746f3b6f766572666c6f772d777261703a616e7977686572653b746578742d616c69676e3a63656e7465723b636f6c6f723a766172282d2d732d74657874293b6261636b67726f756e643a766172282d2d732d6261636b67726f756e64293b626f726465723a3020736f6c69642023303030303b6f75746c696e653a31707820736f6c696420766172282d2d732d65646765293b6f75746c696e652d6f66667365743a2d3170783b666f6e743a6d617828313570782c2e3933373572656d292f312e3520766172282d2d73616d7479636b652d666f6e742c73797374656d2d75692c73616e732d7365726966293b666f6e742d73697a653a766172282d2d73616d7479636b652d73697a652c6d617828313570782c2e3933373572656d29297d406d6564696128707265666572732d636f6c6f722d736368656d653a6461726b297b2e73616d7479636b652d656d6265642e73616d7479636b652d6175746f7b2d2d732d6261636b67726f756e643a766172282d2d73616d7479636b652d6261636b67726f756e642c23313931643232293b2d2d732d746578743a766172282d2d73616d7479636b652d746578742c23656365666632293b2d2d732d656467653a766172282d2d73616d7479636b652d656467652c23376438383934293b2d2d732d616374696f6e3a766172282d2d73616d7479636b652d616374696f6e2c23653665616565293b2d2d732d616374696f6e2d746578743a766172282d2d73616d7479636b652d616374696f6e2d746578742c23313931643232293b636f6c6f722d736368656d653a6461726b7d7d2e73616d7479636b652d656d6265642e73616d7479636b652d6461726b7b2d2d732d6261636b67726f756e643a766172282d2d73616d7479636b652d6261636b67726f756e642c23313931643232293b2d2d732d746578743a766172282d2d73616d7479636b652d746578742c23656365666632293b2d2d732d656467653a766172282d2d73616d7479636b652d656467652c23376438383934293b2d2d732d616374696f6e3a766172282d2d73616d7479636b652d616374696f6e2c23653665616565293b2d2d732d616374696f6e2d746578743a766172282d2d73616d7479636b652d616374696f6e2d746578742c23313931643232293b636f6c6f722d736368656d653a6461726b7d406d6564696128666f726365642d636f6c6f72733a616374697665297b2e73616d7479636b652d656d6265642e73616d7479636b652d656d6265647b2d2d732d6261636b67726f756e643a43616e7661733b2d2d732d746578743a43616e766173546578743b2d2d732d656467653a427574746f6e426f726465723b2d2d732d616374696f6e3a427574746f6e466163653b2d2d732d616374696f6e2d746578743a427574746f6e546578747d7d2e73616d7479636b652d656d626564202a7b616c6c3a7265766572743b626f782d73697a696e673a626f726465722d626f787d2e73616d7479636b652d656d6265643e6469767b70616464696e673a31656d7d2e73616d7479636b652d656d62656420707b6d617267696e3a30206175746f3b6d61782d696e6c696e652d73697a653a3430656d7d2e73616d7479636b652d656d626564202e73616d7479636b652d736d616c6c7b6d617267696e2d626c6f636b2d73746172743a2e34656d3b666f6e742d73697a653a2e3835656d7d2e73616d7479636b652d656d62656420617b646973706c61793a626c6f636b3b696e6c696e652d73697a653a6669742d636f6e74656e743b6d617267696e2d696e6c696e653a6175746f3b70616464696e672d626c6f636b3a2e32656d3b636f6c6f723a696e68657269743b746578742d756e6465726c696e652d6f66667365743a2e32656d7d2e73616d7479636b652d656d62656420627574746f6e7b646973706c61793a626c6f636b3b6d617267696e3a2e3735656d206175746f3b6d696e2d696e6c696e652d73697a653a343470783b6d696e2d626c6f636b2d73697a653a343470783b70616464696e673a2e35656d202e39656d3b636f6c6f723a766172282d2d732d616374696f6e2d74657874293b6261636b67726f756e643a766172282d2d732d616374696f6e293b626f726465723a31707820736f6c69642023303030303b626f726465722d7261646975733a63616c6328766172282d2d73616d7479636b652d7261646975732c3134707829202a202e36293b666f6e743a696e68657269743b666f6e742d7765696768743a3630303b6c696e652d6865696768743a312e333b637572736f723a706f696e7465727d2e73616d7479636b652d656d62656420627574746f6e3a686f7665727b746578742d6465636f726174696f6e3a756e6465726c696e653b746578742d756e6465726c696e652d6f66667365743a2e3235656d7d2e73616d7479636b652d656d626564203a666f6375732d76697369626c657b6f75746c696e653a32707820736f6c696420766172282d2d732d74657874293b6f75746c696e652d6f66667365743a3270787d602e7265706c616365282f285b5e7b7d3b5c735d295c732a285b3b7d5d292f672c60243121696d706f7274616e74243260297d7d603b6c6574206e2c723d303b66756e6374696f6e20692865297b722b3d312c6e3f3f3d6f28293f3f732865297d66756e6374696f6e206128297b2d2d722c727c7c286e3f2e72656d6f766528292c6e3d766f69642030297d66756e6374696f6e206f28297b7472797b6c657420653d6e6577204353535374796c6553686565743b72657475726e20652e7265706c61636553796e632874292c646f63756d656e742e61646f707465645374796c655368656574733d5b652c2e2e2e646f63756d656e742e61646f707465645374796c655368656574735d2c7b72656d6f766528297b646f63756d656e742e61646f707465645374796c655368656574733d646f63756d656e742e61646f707465645374796c655368656574732e66696c74657228743d3e74213d3d65297d7d7d63617463687b72657475726e7d7d66756e6374696f6e20732865297b6c6574206e3d646f63756d656e742e637265617465456c656d656e7428607374796c6560293b72657475726e206e2e6e6f6e63653d653f3f60602c6e2e74657874436f6e74656e743d742c646f63756d656e742e686561642e617070656e64286e292c6e7d636f6e737420633d5b60706f736974696f6e602c607a2d696e646578602c60666c6f6174602c60636c656172602c60766572746963616c2d616c69676e602c60626f782d73697a696e67602c606f72646572602c60616c69676e2d73656c66602c606a7573746966792d73656c66602c60666c65782d67726f77602c60666c65782d736872696e6b602c60666c65782d6261736973602c606173706563742d726174696f602c606d696e2d7769647468602c606d61782d7769647468602c606d696e2d686569676874602c606d61782d686569676874602c60677269642d726f772d7374617274602c60677269642d726f772d656e64602c60677269642d636f6c756d6e2d7374617274602c60677269642d636f6c756d6e2d656e64602c60626f726465722d746f702d6c6566742d726164697573602c60626f726465722d746f702d72696768742d726164697573602c60626f726465722d626f74746f6d2d6c6566742d726164697573602c60626f726465722d626f74746f6d2d72696768742d726164697573602c2e2e2e5b60746f70602c607269676874602c60626f74746f6d602c606c656674605d2e666c61744d617028653d3e5b652c606d617267696e2d247b657d602c6070616464696e672d247b657d602c60626f726465722d247b657d2d7769647468605d295d2c6c3d5b607472616e73666f726d602c607472616e73666f726d2d6f726967696e605d2c753d7b77696474683a603330307078602c6865696768743a603135307078607d3b66756e6374696f6e206428652c742c6e297b6c657420723d60602c693d302c613d28293d3e7b6c65747b636c69656e7457696474683a742c636c69656e744865696768743a727d3d6e2e706172656e74456c656d656e743f3f646f63756d656e742e646f63756d656e74456c656d656e743b72657475726e5b742c722c652e676574436c69656e74526563747328292e6c656e6774682c696e6e657257696474682c696e6e65724865696768745d2e6a6f696e28297d2c6f3d28293d3e7b693d302c6e2e6973436f6e6e65637465642626612829213d3d722626286628652c742c6e292c723d612829297d2c733d28293d3e7b697c7c3d72657175657374416e696d6174696f6e4672616d65286f297d2c633d6e657720526573697a654f627365727665722873293b72657475726e206f28292c632e6f6273657276652865292c6e2e706172656e74456c656d656e742626632e6f627365727665286e2e706172656e74456c656d656e74292c6164644576656e744c697374656e65722860726573697a65602c73292c28293d3e7b632e646973636f6e6e65637428292c63616e63656c416e696d6174696f6e4672616d652869292c72656d6f76654576656e744c697374656e65722860726573697a65602c73297d7d66756e6374696f6e206628652c742c6e297b6c657420723d743d3d3d6e3f743a6d28742c6e292c693d28742c6e293d3e652e7374796c652e73657450726f706572747928742c6e2c60696d706f7274616e7460293b652e72656d6f766541747472696275746528607374796c6560292c692860646973706c6179602c606e6f6e6560292c722e72656d6f76654174747269627574652860646174612d73616d7479636b652d68656c6460293b6c657420613d676574436f6d70757465645374796c652872292c7b646973706c61793a6f7d3d612c733d6c2e6d617028653d3e612e67657450726f706572747956616c7565286529292c643d722e676574426f756e64696e67436c69656e745265637428292c663d722e676574436c69656e74526563747328292e6c656e6774683e303b722e746f67676c654174747269627574652860646174612d73616d7479636b652d68656c64602c2130293b666f72286c65742065206f662063296928652c612e67657450726f706572747956616c7565286529293b666f72286c65745b652c745d6f66206c2e656e74726965732829296928742c735b655d293b6c657420683d612e617370656374526174696f213d3d606175746f603b666f72286c65742065206f665b607769647468602c60686569676874605d297b6c657420743d653d3d3d607769647468603f612e6865696768743a612e77696474683b6928652c615b655d3d3d3d606175746f603f68262674213d3d606175746f603f606175746f603a755b655d3a615b655d297d612e6d617857696474683d3d3d606e6f6e656026266928606d61782d7769647468602c2f6162736f6c7574657c66697865642f2e7465737428612e706f736974696f6e293f603130307677603a603130302560292c72213d3d6e2626722e72656d6f766528292c692860646973706c6179602c6f3d3d3d60696e6c696e65603f60696e6c696e652d626c6f636b603a6f292c6626266f213d3d606e6f6e65602626287028652c642c69292c4d6174682e6d696e28642e77696474682c642e686569676874293c323426266928607669736962696c697479602c6068696464656e6029297d66756e6374696f6e207028652c742c6e297b6c657420723d28293d3e7b6c6574206e3d652e676574426f756e64696e67436c69656e745265637428292c723d6e2e77696474682f652e6f666673657457696474687c7c312c693d653d3e28745b655d2d6e5b655d292f723b72657475726e7b77696474683a692860776964746860292c6865696768743a69286068656967687460292c6c6566743a6928606c65667460292c746f703a692860746f7060292c7363616c653a727d7d2c693d282e2e2e65293d3e652e736f6d6528653d3e4d6174682e6162732865293e2e35292c7b77696474683a612c6865696768743a6f2c7363616c653a737d3d7228293b6966286928612c6f29297b6e2860626f782d73697a696e67602c60626f726465722d626f7860292c6e2860666c6578602c606e6f6e6560293b666f72286c65742065206f665b606d696e2d7769647468602c606d696e2d686569676874605d296e28652c603060293b6e28606d61782d686569676874602c606e6f6e6560292c6e28606173706563742d726174696f602c606175746f60292c6e28607769647468602c60247b742e77696474682f737d707860292c6e2860686569676874602c60247b742e6865696768742f737d707860297d6c65747b6c6566743a632c746f703a6c7d3d7228293b696628216928632c6c292972657475726e3b6c657420753d676574436f6d70757465645374796c652865292c643d653d3e4e756d6265722e7061727365466c6f61742865297c7c303b752e706f736974696f6e3d3d3d607374617469636026266e2860706f736974696f6e602c6072656c617469766560293b666f72286c65745b652c742c725d6f665b5b606c656674602c632c607269676874605d2c5b60746f70602c6c2c60626f74746f6d605d5d296e28652c60247b6428755b655d292b747d707860292c6e28722c606175746f60297d66756e6374696f6e206d28652c74297b6c6574206e3d652e636c6f6e654e6f646528293b666f72286c65747b6e616d653a657d6f665b2e2e2e6e2e617474726962757465735d292f5e287372637c737263646f637c6e616d657c646174612d2e2a29242f2e7465737428652926266e2e72656d6f76654174747269627574652865293b72657475726e20742e6166746572286e292c6e7d636f6e737420683d6e6577204d61703b6173796e632066756e6374696f6e206728297b61776169742050726f6d6973652e616c6c285b2e2e2e682e76616c75657328295d2e6d617028653d3e6528292e63617463682828293d3e7b7d2929297d6173796e632066756e6374696f6e205f28742c6e2c722c6f297b6c657420733d6177616974206f2e646f63756d656e7428292e63617463682828293d3e766f69642030292c633d742e6c6f63616c4e616d653d3d3d6074656d706c617465603f742e636f6e74656e742e717565727953656c6563746f722860696672616d6560293a743b69662821637c7c21742e6973436f6e6e65637465647c7c742e646174617365742e73616d7479636b65507572706f73653d3d3d766f69642030262621287326266528732c6e29292972657475726e28293d3e7b7d3b6c6574206c3d762874292c753d646f63756d656e742e637265617465456c656d656e74286064697660293b752e636c6173734e616d653d6073616d7479636b652d656d6265642073616d7479636b652d247b6f2e7468656d653f3f606175746f607d602c752e7365744174747269627574652860726f6c65602c6067726f757060293b6c657420663d653d3e7b6c657420693d752e636f6e7461696e7328646f63756d656e742e616374697665456c656d656e74293b6228752c632c6e2c6c3f2e687265663f3f742e646174617365742e73616d7479636b654c696e6b3f3f792863292c65293b6c657420613d752e717565727953656c6563746f722860627574746f6e60293b613f2e6164644576656e744c697374656e65722860636c69636b602c653d3e6f2e61736b287228292c652e69735472757374656429292c692626613f2e666f63757328297d3b662873292c682e73657428752c6173796e6328293d3e66286177616974206f2e646f63756d656e7428293f3f7329292c69286f2e6e6f6e6365292c742e61667465722875293b666f72286c65742065206f665b742c6c5d29653f2e746f67676c654174747269627574652860646174612d73616d7479636b652d68656c64602c2130293b6c657420703d6428752c632c74293b72657475726e28293d3e7b6c657420653d752e636f6e7461696e7328646f63756d656e742e616374697665456c656d656e74293b7028292c682e64656c6574652875292c752e72656d6f766528292c6128293b666f72286c65742065206f665b742c6c5d29653f2e72656d6f76654174747269627574652860646174612d73616d7479636b652d68656c6460293b652626743d3d3d632626742e666f63757328297d7d66756e6374696f6e20762865297b6c657420743d652e70726576696f7573456c656d656e745369626c696e673b72657475726e20743f2e6d6174636865732860615b646174612d73616d7479636b652d6c696e6b5d60293f743a766f696420307d66756e6374696f6e20792865297b72657475726e20652e646174617365742e73616d7479636b655372633f3f652e646174617365742e7372633f3f652e676574417474726962757465286073726360293f3f60607d66756e6374696f6e206228652c742c6e2c722c69297b6c657420613d432872292c6f3d4328792874297c7c72293f2e686f73746e616d653f3f613f2e686f73746e616d653f3f60603b652e7365744174747269627574652860617269612d6c6162656c602c742e7469746c657c7c6f293b6c657420733d646f63756d656e742e637265617465456c656d656e74286064697660293b69662869297b652e6c616e673d692e6c616e67756167652c652e6469723d692e646972656374696f6e3b6c65747b776f7264733a747d3d692c723d45286e2c69292c613d7b686f73743a723f60247b727d2028247b6f7d29603a6f2c63617465676f72793a54286e2c69297d2c633d646f63756d656e742e637265617465456c656d656e742860627574746f6e60293b632e747970653d60627574746f6e602c632e646174617365742e73616d7479636b65416374696f6e3d60656d626564602c4f28632c742e656d6265645f6c6f61642c61292c732e617070656e64284f28646f63756d656e742e637265617465456c656d656e7428607060292c742e656d6265642c61292c2e2e2e78286e2c69292c63297d69662861297b6c657420653d646f63756d656e742e637265617465456c656d656e7428606160293b652e687265663d612e687265662c652e72656c3d606e6f7265666572726572602c732e617070656e64284f28652c693f2e776f7264732e656d6265645f6c696e6b3f3f607b686f73747d602c7b686f73743a6f2c63617465676f72793a60607d29297d652e7265706c6163654368696c6472656e2873297d66756e6374696f6e207828652c7b707572706f7365733a742c746578743a6e2c776f7264733a727d297b6c657420693d742e66696c74657228287b69643a742c63617465676f72793a6e7d293d3e652e736f6d6528653d3e653d3d3d6e7c7c772865293d3d3d7429292c613d692e6d617028287b69643a657d293d3e6e2e707572706f7365732e66696e6428743d3e742e69643d3d3d6529292e666c61744d617028653d3e653f5b60247b652e7469746c657d2e20247b652e6465736372697074696f6e7d605d3a5b5d293b666f72286c65747b69643a742c76656e646f72733a6e7d6f662069296e3f2e5b305d262621652e736f6d6528653d3e652e737461727473576974682860247b747d2f6029292626612e707573682860247b722e76656e646f72737d3a20247b6e2e6d617028287b6e616d653a657d293d3e65292e6a6f696e28602c2060297d60293b72657475726e205328292626692e736f6d6528287b6770633a657d293d3e65292626612e7075736828722e677063292c5b2e2e2e612c6e2e77697468647261775d2e6d617028653d3e7b6c657420743d646f63756d656e742e637265617465456c656d656e7428607060293b72657475726e20742e636c6173734e616d653d6073616d7479636b652d736d616c6c602c742e74657874436f6e74656e743d652c747d297d66756e6374696f6e205328297b72657475726e206e6176696761746f722e676c6f62616c50726976616379436f6e74726f6c3d3d3d21307d66756e6374696f6e20432865297b7472797b6c657420743d6e65772055524c28652c646f63756d656e742e62617365555249293b72657475726e2f5e68747470733f3a242f2e7465737428742e70726f746f636f6c293f743a766f696420307d63617463687b72657475726e7d7d66756e6374696f6e20772865297b72657475726e20652e73706c697428602f60295b305d7d66756e6374696f6e205428652c7b707572706f7365733a742c776f7264733a6e2c6c616e67756167653a727d297b6c657420693d652e6d617028653d3e7b6c657420693d742e66696e6428287b69643a747d293d3e743d3d3d77286529293f2e63617465676f72793f3f653b696628214f626a6563742e6861734f776e286e2e63617465676f726965732c69292972657475726e20653b6c657420613d6e2e63617465676f726965735b695d3b72657475726e20723d3d3d606465603f613a612e746f4c6f63616c654c6f776572436173652872297d293b72657475726e5b2e2e2e6e6577205365742869295d2e6a6f696e28602c2060297d66756e6374696f6e204528652c7b707572706f7365733a747d297b6c6574206e3d742e666c61744d617028287b69643a742c76656e646f72733a6e7d293d3e6e3f2e66696c746572286e3d3e652e696e636c756465732860247b747d2f247b6e2e69647d6029293f3f5b5d293b72657475726e5b2e2e2e6e657720536574286e2e6d617028287b6e616d653a657d293d3e6529295d2e6a6f696e28602c2060297d66756e6374696f6e204428652c74297b72657475726e20652e73706c6974282f5c7b28686f73747c63617465676f7279295c7d2f292e6d61702828652c6e293d3e6e25323f7b746578743a745b655d2c66696c6c65643a21307d3a7b746578743a652c66696c6c65643a21317d292e66696c74657228653d3e652e74657874297d66756e6374696f6e204f28652c742c6e297b666f72286c65742072206f66204428742c6e29297b6c657420743d646f63756d656e742e637265617465456c656d656e74286062646960293b742e74657874436f6e74656e743d722e746578742c652e617070656e6428722e66696c6c65643f743a722e74657874297d72657475726e20657d6578706f72747b5f2061732073686f77506c616365686f6c6465722c67206173207570646174657d3b', '\x1b7a21001c8571633d1b5cda448b7a1f11e9f2d7eabf7e719f65255310d0b9a1227bffbdd3fd638e8ea1d5bc85c64a1a472b6266597b7db34bcdf589906d84f8fcf74c8d61bdc55c9a0b91b12a69ea4a5796ee9eedc8912b7790d90fe9878e9e9214383ef5746baa66a4d1927475d2aebeea80700406e9ceb4e7075e6ff4bee8892213440f9445c01185e13f86ab8c2b13111059b9fd21125744b367ee138c9587d5340ff103d4e3ddf3d6e0a37dba53ffdf7f2a76a1c0091b7c96635f24b49e2ff63766fd6a8b6d9c4768d882fb018867bdae35dc6cd2882d59164e015a549e9a175922baaf4c17aea9c812058a111b18dcd7a47f2ced6ab57afa03d2b84f70ef7c3ce4f1e1a978328889d877f4e9fc7d82d56a656e57c900e8de046abfb9ecca0a95551d591905cb12e939558d30c6b2b31a116583458d34274d2031eec287b5aa4a824ba857cc15012594ed200b9e7504bbb208075968d6b40f797645f427964b8a60747c54328c95d1635866cbe59246cabe9d8570f9ab52f57cfb78efb1976f97ea3e411d04b7524a7c69f6380b838c5c06262e1eb86f916611207e11b423d69f7f76c8100f8cd94caed4a73901828f152d7e40cbe765bb5a7d3e63f81777bbd5236e9f9e9eef9e75f8050d2287361e210f6f0a08f27fea91c807db207ca985527c26514e7a11b6e89ba1930918213798ef522b3f3640b86a36bd14e407b38ac6970d4f90547cedf9c94d1438b4b77c235c6d97339bb471b42f87fa907b8e36b8dece27ade09597d827eb1d576d9f099f52df4ed85c235fee745744d4dc58fb42c9a00e23b39d506a5577d8b3f7aba9a7fbb49a98554246320f7733cb4abbca0383a090a47261bee3a55a612f0ef9a638515cf2e69a64170b1c0f0ab6bf71f0106ac6d5e33df6e879909940f1507dd9757713e742456fa79eb197d458e529053686e1c29ac432ffa51affc9ee5aebc650dad659c110e82dd32555e7c8bd9b443d485a8e9f88b278de435154ca41bba5baad8c856970864aebd651db8044d3d5422235c8529db133d545c516e9c82b4838f611829e314d7ad6df2f9ab7389597507116de48534d156ff784f97279ce6f30ff008898aaae7342f45654cad337768258fd892d5372d78348af832022d01d8cc835cb3cfd1882bccf3d2224c97aae2716c18b430fdf5d62561eda5898836f9bda275b86c0d4ce15c2bf6973212b18d45c49dbd6a27dae413748a554a8f09511ae6daf89a5f5c7fb8ec895d8d60ffba61111dbb723e3cc095331013fec6f5ba4654ad04b1d50a07d525286afacd11d2025e57e66ddf70ccdc507bd963a9f730481146ae980b50694d910080bbb1ab770bb63c61bd38c0b106b7886e09ad0f481f00a21512903addc70a0dea4f96e8e4f5a64bd13f363c1fd3fefe8f73beb51180e7c534732e301e317a40253f1e1ef7eedeccec467e4c91da013d597dd2d1fe233e218f6ebf60d957c1e4c77a793be5830ebf69120887a62cf32fe15bb451433f937ee7445a55403bc1c81e0cb81618d1b90920f553b8c57fad31c05da7a830429bef028624c29087074a2ec980b616c534565670d7479ce00fe5859ef6b1c2a47ebe75bb0c5381728c77c58de9f4e08c62eb47d6412b5decc1b40eaac488d09696bf713e34ec4d5982eb40ada311f46daad23b2eeaa9d52f106f7253abf4cc3f444dd775e57ecfcffd07210d200e5a4431467f9e14dfc13af077fa64f0607d800cc415277bf34cd9517c988dcd7daa72476a5eaa6370f23e2bed0184377077bbf90eb0533db3be7d101412b88703dbeb4e2dfd08bc09e20b3fa6875f06c27102cfc198b1422eea3a9e4ccaf16d80b468101844fda4120b112416ebb35b2d8415a77a0044b979e2e807276557b0936adc91f722fd8a93abbfe0ab6eedbc90b43e7e567c0b78bd026f4030a4a73f70b5b0db8f0eaa71350106600811672dfc24749e8145701adcc84b17de7151aa0a81d141e543a2e33841906ebb4679a9734dd03cb76ac7a26026ccd7bb265945ee2684f5d7d4272774aa4b8b1f5bbcaabc9e128e0f5392b7485aa172dd6cfbc37ec128b599020f1d0c30d92ebbbdddd17562e23310b336cb062a0ef6046e5a4f8efa567661a74aa2ce4e735202b49345ab5620fb02105a8bbd1d7a034ea2a2b180736582de1457e4889f75df06a398fc1440e3b1bd1b46f67fe8378ac42cf4b0b27e25ae5b61d7935cc58b9994c9921145d4c3a2c8be2f40119ac3c40100bf64d534a749123c8460cb9a1f6e882df40c57119e401dca584180ecf8f144741b674e0d03dc6fa99445b62376d51d02b7facee00d7ec5b75201898ce04e820d9238fa090c0f67a7b484e756f94653defaa63318cddf43a96a933b4b5f006eb2921d47deb85078962d74965299c3c27753a0a767de7685c07279f97e38b713500709ffb7c1fc1b87d4a297cf5971e998221e34ae64f10889f7a2f99a53239d9431aa321cc8bcdf327706238002b49d3aff59646012469cc395fc711253ec537e03faee25a9050000ac923170f4d49f402a044f434136dcc2363ba711f3700615a14001d288488660a70b7bfb44e57d8353327961d50178ce7b618254e01455b7f389c69660f163f75a64d0231ae4535d237902b9a282f80b42051b74c2b6a16f8bf4cff5e6b9a9af568b502b7524b703afdc0aed8eb99c7569832c409175f793469e4dbd13ba0d8117b39101eac4e0e81883b4458c6786d514ad1f0af6efa8ab76f22dcd9ebfd9d6d077b0d2caf52af5f6fe4114fef8e480b12e40eb68792475e15d13fe5a105edfdd31cab694c1ce091bdc8d54c67a23bc4638fb9ec0468d6e1eedce2c92ae2832ef2e01a319edc6d021069caf726aaee3920a1162c03675039a2c950d7a397d67838586cb9e4506bb001f783b3f6a7d940b9d08cde377801d6ed5e40668abac08e3163b5a3e73a58b1f75c40eeb7d14af25dad3b3d4329cd44b852c0900472c4f231a2fcdc3a3b09836327a1bb9d4f6fce38ecad661afa88dc29388ac308bdec5abeb789291d2dde028cf60110ece0d40a377686e22f74361e5b240e149a81e8f1bf20cb56465a123bd7c31dee6a470498e337d47e110b624b9f3b62187bcbef01508cab8ac4a62e7c1120da7a5173ff5b78914475f70b265f035b09ba948caf006845949d04f050e2408c241bc0f40e3ba110dfeb90444d86fe962749d179a3a4fb3031bb8aee4a02c40e8ed6224931c3f0c6e5a411c36347913cdcc5625a46706c3acfc1088cc742e15a8629b1696daf72cc6962a570e28a85395a33826cf1c66d3b477b0160fbfd8ea60998a91d6ce3dc639374ce2ca065d271a154f2916adebaf1b6762f74caeec9d7f0781b80d7000917b61625c25eb7ccd837e1c1e1ea4d2fc218570f5787253019d6c818877600157288362d3300f2d8d1ead73154eef6039b62ebea63c561b579da8d2b6d538adace5ebb01a7418a32ee9ee6cd39ccd1db0f213ad05884f0eb94dea779f4b127e671084ce5c03dd594bf42bfb6a00588b396b463b7331d9bd3229e368f244194ac02fe2d96ac0ee2fd405c0e1830581acee96fc9d478a6a82c569f52ea5ca4751631ef840103a44a4318fa64e2a4aacdd5aba4a8be771a6899f49701584691ce158526bc4ce248c05f304de9f508de16014c40d892cce37e7a6268558b6715f749b4ca3439d78835d5f00111a9d800f43622ba6dc9f99c4da198ddab9bd634c6c7254c6b0668ccb5732cb2c018eeb5e60956a52ab56f3deab6fa33033bc1dcee1b984724497fd2e4b63e6173d134bde6e6553c20706ce683b20f2f7f70d9250ed7ae4df19a163330f110f1c0515405cd6a4dbc0589b4309383810a6d4d69de949379a42200ffe06fada363fe36902620c38e356723645ab8cc2644dcdfd8283c83b2579f8aa41ed062483a2e16fe4ec2282dd5f15362db88d6f79703d984d68ae4a8756f234492b694184e15a6f912684277abd67a26cb8adfb8ed720fc36ef074212186e9d19dce0a9c67e5bff7eecfabb382a5785c7a9aac4c6545cc7c484e9ad326801cd676a805ccfb45c048b91e510ce9449c45342351bbd4be414d41330119877045e041eda803e1e8fb3fe6d0c2df1f2468d47c03a90300a5263f12e460e36ab99537ada1ede0261be5650d1d1257050247ee35f408d401810082df7e832c1c2ab969853fc20f156ab1c32c942b5802984f39270b620573ae037a036aff19dd769a24bc6e5e214ae486344016bfe77325f6e42f51082a757d1b9367d35b99b244c3cce8f5f1aa5ee510742a2dfe4beafa66c5947d1cfc0897134ad48110440742fdddd1359587a2f793efc2fd64c06adddbad7b8f6124e95dbc144572cd2b30fdf543f6f99b050ea2bfcc55517c87052df5ffbd96d87be02c1895a900', 'sha384-lmmgM7ZNdhVlCga/NN7Horhau4hWG15CPNlKQC8mZ3nCTVpO4MZNDcx8wxIeGB/2', 1796055791663);
INSERT INTO public.sdk_file VALUES ('rebuild.ada64cdf6f.js', 'text/javascript; charset=utf-8', '\x6c657420653b66756e6374696f6e207428742c72297b7472797b653f3f3d6e28293b6c657420693d646f63756d656e742e637265617465456c656d656e74286073637269707460293b666f72286c65747b6e616d653a652c76616c75653a6e7d6f6620742e617474726962757465732965213d3d60737263602626692e73657441747472696275746528652c6e293b72657475726e20692e6e6f6e63653d742e6e6f6e63652c723d3d3d6e756c6c3f692e746578743d652e63726561746553637269707428742e74657874293a692e7372633d652e63726561746553637269707455524c2872292c697d63617463682865297b636f6e736f6c652e7761726e286073616d7479636b653a20612073637269707420737461797320626c6f636b65642e2050757420697420696e746f2061203c74656d706c6174653e2c206f72206164642022747275737465642d74797065732073616d7479636b65222e602c742c65293b72657475726e7d7d66756e6374696f6e206e28297b6c657420653d653d3e652c743d7b6372656174655363726970743a652c63726561746553637269707455524c3a657d2c7b7472757374656454797065733a6e7d3d676c6f62616c546869733b72657475726e206e3f6e2e637265617465506f6c696379286073616d7479636b65602c74293a747d6578706f72747b742061732072656275696c647d3b', '\x1b01020064a7eaf5aadb0635fc4e951c6f17bf4da2762ba0a8d378e074c0bef79ebd571c5044c5f1474cddc4c7c35b30689316af8dbd071b700dfbc59ca1fa6cfacbdcb624ced7a88bae703a1e6c8145e8e434a87bb06593ccc0d8d98d20653881556ef88fe709511cb58bcbe5d52a97510435ae95882391950b54220a4da3bd562c646253205f89ce6a4c1fae717e06005cd6b8518fd7121674be8be2f34f5271714c4ffb75770e90165d01dea4c7df528ab72f83e762321b151f37088342ea7b989a8e56e47aa0475aed4eab88864c4c2d45694e5c06c5bf474c0da351b6fa5a602451072e983b228e290a52c895c0f43038c720add087f6833a106c47341fac9cc331cb066904e510144a0d', 'sha384-ncZih0zMaBfejz5PhSqmdhsJDdlDr9aSaKSAh1mJAkyUshMFJN1NDu+vFJoIWkqw', 1796055791663);
INSERT INTO public.sdk_file VALUES ('record.008db23b06.js', 'text/javascript; charset=utf-8', '\x696d706f72747b6420617320652c6720617320742c68206173206e2c6d20617320722c6e20617320692c7220617320612c74206173206f2c7520617320737d66726f6d222e2f62616e6e65722e373439626165376338342e6a73223b66756e6374696f6e206328742c6e297b6c65747b73746f7265643a722c6c6f63616c3a692c6770633a612c6e6f773a6f2c64656665727265643a637d3d6e3b696628637c7c692e712e736f6d6528653d3e652e7965732e6c656e677468292972657475726e5b5d3b6c6574206c3d742e707572706f7365732e66696c74657228653d3e2128612626652e67706329292c753d6c2e666c61744d61702873293b69662821722972657475726e20753b69662821722e746f6b656e297b6c657420653d5b742e6e6f746963652e736c69636528372c3135292c2e2e2e742e7072696f725f6e6f74696365735f61636365707465645d2e696e636c7564657328722e6e6f7469636538293b72657475726e206c2e66696c74657228287b726561736b5f733a747d293d3e21657c7c6f3e3d722e61742b38363430302b74292e666c61744d61702873297d72657475726e206f3e3d722e746f6b656e2e657870697265733f753a6528722e746f6b656e2c6e293f752e66696c74657228653d3e7b6c657420743d722e707572706f7365732e66696e64496e64657828743d3e742e69643d3d3d65292c6e3d722e707572706f7365735b745d3b72657475726e216e7c7c6e2e61736b2626216e2e676976656e262621722e746f6b656e2e77697468647261776e496e64657865732e696e636c756465732874297d293a5b5d7d66756e6374696f6e206c287b707572706f7365733a652c746578743a747d297b72657475726e20652e666c61744d617028653d3e742e707572706f7365732e66696c74657228287b69643a747d293d3e743d3d3d652e6964292e6d617028743d3e287b707572706f73653a652c61626f75743a747d2929297d66756e6374696f6e207528652c7b69643a742c6770633a6e7d297b72657475726e2121652e63686f73656e2874292626282128652e67706326266e297c7c2121652e61636b6e6f776c65646765643f2e287429297d66756e6374696f6e206428652c74297b72657475726e20742e66696c74657228287b707572706f73653a747d293d3e652e6770632626742e677063262621742e6f776e5f73746174656d656e74262621732874292e657665727928743d3e7528652c7b69643a742c6770633a21307d2929297d66756e6374696f6e206628652c742c6e2c723d5b5d297b6c657420693d5b5d2c613d5b5d3b72657475726e20742e666f72456163682828742c6f293d3e7b6c65747b6f776e5f73746174656d656e743a632c76656e646f72733a6c7d3d742e707572706f73653b7328742e707572706f7365292e666f72456163682828732c75293d3e7b28653d3d3d60616363657074603f2163262621722e696e636c756465732874293a653d3d3d60736176656026266e286f2c6c5b755d3f2e696429293f692e707573682873293a28653d3d3d6073617665607c7c653d3d3d6072656a65637460292626612e707573682873297d297d292c7b6b696e643a652c6d6574686f643a653d3d3d6073617665603f60746f67676c655f73617665603a60627574746f6e602c676976656e3a692c726566757365643a617d7d66756e6374696f6e207028652c742c6e3d7b7d297b6c657420723d646f63756d656e742e637265617465456c656d656e742865293b666f72286c6574206520696e206e29722e73657441747472696275746528652c6e5b655d293b72657475726e20722e617070656e64282e2e2e5b745d2e666c61742839292e66696c74657228426f6f6c65616e29292c727d66756e6374696f6e206d287b646f63756d656e743a657d2c742c6e2c722c69297b6c65747b6c616e67756167653a612c646972656374696f6e3a6f7d3d653b72657475726e207028742c722c7b636c6173733a6073616d7479636b652073616d7479636b652d247b6e7d602c6c616e673a612c6469723a6f2c2e2e2e74213d3d606469616c6f676026267b706f706f7665723a606d616e75616c607d2c2e2e2e697d297d66756e6374696f6e206828652c742c6e3d7b7d297b72657475726e20702860627574746f6e602c742c7b747970653a60627574746f6e602c22646174612d73616d7479636b652d616374696f6e223a652c2e2e2e6e7d297d636f6e737420673d28652c743d7b7d293d3e702860626469602c652c74293b66756e6374696f6e205f28652c742c6e2c722c692c612c6f297b6c65747b746578743a732c776f7264733a637d3d652e646f63756d656e742c7b706f6c6963795f75726c3a6c7d3d732e636f6e746163742c753d6073616d7479636b652d247b6e2e736c69636528302c36292e7472696d28297d2d7469746c65602c643d28652c74293d3e702860646976602c742c7b636c6173733a6073616d7479636b652d247b657d607d293b72657475726e206d28652c742c6e2c5b64286068656164602c5b7028606832602c722c7b69643a757d292c682860636c6f7365602c60c397602c7b22617269612d6c6162656c223a732e6c6162656c732e636c6f73657d295d292c642860626f6479602c5b692c6c26262f5e2868747470733f3a293f5c2f2f2e74657374286c29262670286070602c70286061602c632e706f6c6963792c7b687265663a6c7d29295d292c642860666f6f74602c61295d2c7b22617269612d6c6162656c6c65646279223a752c2e2e2e6f7d297d66756e6374696f6e207628652c74297b6c65747b746578743a6e7d3d652e646f63756d656e742c7b6c6162656c733a727d3d6e2c7b6c61796f75743a692c706f736974696f6e3a617d3d652e6f7074696f6e732c6f3d693d3d3d606d6f64616c603b72657475726e205f28652c6f3f606469616c6f67603a60646976602c6066697273742073616d7479636b652d247b697d2073616d7479636b652d247b6f3f6063656e747265603a617d602c6e2e7469746c652c5b742c70286070602c6e2e696e74726f292c70286070602c6e2e7769746864726177295d2c5b702860646976602c5b68286072656a656374602c722e726566757365292c682860616363657074602c722e616363657074295d292c68286073657474696e6773602c722e73657474696e6773295d2c6f3f7b746162696e6465783a602d31607d3a7b726f6c653a60726567696f6e607d297d66756e6374696f6e20792865297b7472797b6520696e7374616e63656f662048544d4c4469616c6f67456c656d656e743f28652e6f70656e3d21312c652e73686f774d6f64616c2829293a28652e68696465506f706f76657228292c652e73686f77506f706f7665722829297d63617463687b652e6c6f63616c4e616d653d3d3d606469616c6f67602626652e73657441747472696275746528606f70656e602c6060297d7d66756e6374696f6e20622865297b7472797b696628652e6d61746368657328606469616c6f6760292972657475726e20652e6d61746368657328603a6d6f64616c60297d63617463687b7d72657475726e20652e636865636b5669736962696c6974793f2e287b7669736962696c69747950726f70657274793a21307d293f3f652e676574436c69656e74526563747328292e6c656e6774683e307d66756e6374696f6e207828652c742c6e297b6c657420723d646f63756d656e742e637265617465456c656d656e74286073616d7479636b652d726f6f7460292c693d6e6577204d75746174696f6e4f627365727665722873292c613d5b5d3b66756e6374696f6e206f28297b6c657420743d286528293f5b2e2e2e646f63756d656e742e717565727953656c6563746f72416c6c28606469616c6f675b6f70656e5d2c5b617269612d6d6f64616c3d747275655d60295d3a5b5d292e66696c74657228653d3e21722e636f6e7461696e73286529262662286529293b72657475726e20613d5b2e2e2e6e657720536574285b2e2e2e612e66696c74657228653d3e742e696e636c75646573286529292c2e2e2e745d295d2c615b612e6c656e6774682d315d3f3f646f63756d656e742e646f63756d656e74456c656d656e747d66756e6374696f6e207328297b6c657420613d646f63756d656e742e646f63756d656e74456c656d656e743b69662861297b69662821287428292626722e6973436f6e6e656374656429297b6c657420653d6f28293b722e706172656e744e6f6465213d3d65262628653d3d3d613f612e696e736572744265666f726528722c646f63756d656e742e626f6479293a652e617070656e642872292c6e2829297d692e646973636f6e6e65637428292c692e6f62736572766528646f63756d656e742c7b6368696c644c6973743a21307d292c692e6f62736572766528612c6528293f7b6368696c644c6973743a21302c737562747265653a21302c617474726962757465733a21302c61747472696275746546696c7465723a5b606f70656e602c60617269612d6d6f64616c602c60636c617373602c6068696464656e605d7d3a7b6368696c644c6973743a21307d297d7d72657475726e7b656c656d656e743a722c6c6f6f6b3a732c73746f7028297b692e646973636f6e6e65637428292c722e72656d6f766528297d7d7d66756e6374696f6e20532865297b72657475726e206d28652c60646976602c606c697665602c5b5d2c7b726f6c653a60737461747573607d297d66756e6374696f6e204328652c74297b6c6574206e3d6e657720546578742874293b652e7265706c6163654368696c6472656e286e292c792865292c73657454696d656f75742828293d3e6e2e72656d6f766528292c366533297d636f6e737420773d60646174612d73616d7479636b652d6672657368603b66756e6374696f6e205428652c74297b72657175657374416e696d6174696f6e4672616d652828293d3e73657454696d656f75742828293d3e646f63756d656e742e68696464656e3f5428652c74293a7428292c6529297d66756e6374696f6e204528652c74297b6c6574206e3d60247b706572666f726d616e63652e6e6f7728297d603b652e73657441747472696275746528772c6e293b6c657420723d28293d3e652e6765744174747269627574652860646174612d73616d7479636b652d667265736860293d3d3d6e2626652e72656d6f76654174747269627574652860646174612d73616d7479636b652d667265736860293b54283430302c28293d3e7b696628215b2e2e2e652e717565727953656c6563746f72416c6c2860627574746f6e60295d2e736f6d6528653d3e7b6c65747b6c6566743a6e2c72696768743a722c746f703a692c626f74746f6d3a617d3d652e676574426f756e64696e67436c69656e745265637428293b72657475726e2121742626742e636c69656e74583e3d6e2626742e636c69656e74583c3d722626742e636c69656e74593e3d692626742e636c69656e74593c3d617d292972657475726e207228293b6164644576656e744c697374656e65722860706f696e7465726d6f7665602c722c7b6f6e63653a21307d292c73657454696d656f757428722c363030297d297d66756e6374696f6e2044287b7468656d653a652c6e6f6e63653a747d2c6e297b6c657420723d7b6175746f3a6028707265666572732d636f6c6f722d736368656d653a6461726b29602c6461726b3a60616c6c602c6c696768743a606e6f7420616c6c607d5b655d2c693d28293d3e646f63756d656e742e61646f707465645374796c655368656574732e66696c74657228653d3e65213d3d6f292c613d60602c6f2c733b7472797b6f3d6e6577204353535374796c6553686565742c6928297d63617463687b6f3d766f696420302c733d7028607374796c65602c5b5d2c7b6e6f6e63653a743f3f60607d292c6e2e617070656e642873297d6c657420633d7b6164642865297b612b3d653b6c657420743d60406c617965722073616d7479636b657b247b612e7265706c616365282f285b5e7b7d3b5c735d295c732a285b3b7d5d292f672c60243121696d706f7274616e74243260297d7d603b73262628732e74657874436f6e74656e743d74292c6f3f2e7265706c61636553796e632874297d2c6b65657028297b6f2626646f63756d656e742e61646f707465645374796c655368656574735b305d213d3d6f262628646f63756d656e742e61646f707465645374796c655368656574733d5b6f2c2e2e2e6928295d297d2c72656d6f766528297b6f262628646f63756d656e742e61646f707465645374796c655368656574733d692829297d7d3b72657475726e20632e616464286073616d7479636b652d726f6f747b646973706c61793a636f6e74656e74737d2e73616d7479636b657b2d2d732d623a766172282d2d73616d7479636b652d6261636b67726f756e642c23666666293b2d2d732d743a766172282d2d73616d7479636b652d746578742c23316332323238293b2d2d732d6d3a766172282d2d73616d7479636b652d6d757465642c23353736303661293b2d2d732d6c3a766172282d2d73616d7479636b652d6c696e652c23653465376562293b2d2d732d613a766172282d2d73616d7479636b652d616374696f6e2c766172282d2d732d7429293b2d2d732d633a766172282d2d73616d7479636b652d616374696f6e2d746578742c766172282d2d732d6229293b2d2d732d723a766172282d2d73616d7479636b652d7261646975732c31327078293b2d2d732d673a766172282d2d73616d7479636b652d6d617267696e2c31656d293b2d2d732d703a766172282d2d73616d7479636b652d70616464696e672c312e34656d293b616c6c3a696e697469616c3b636f6c6f722d736368656d653a6c696768743b706f736974696f6e3a66697865643b7a2d696e6465783a766172282d2d73616d7479636b652d7a2c32313437343833363437293b646973706c61793a666c65783b666c65782d646972656374696f6e3a636f6c756d6e3b626f782d73697a696e673a626f726465722d626f783b6f766572666c6f773a6175746f3b6f766572666c6f772d777261703a616e7977686572653b68797068656e733a6175746f3b6d61782d77696474683a63616c632831303025202d20322a766172282d2d732d6729293b6d61782d6865696768743a63616c63283130307668202d20322a766172282d2d732d6729293b6d61782d6865696768743a63616c6328313030647668202d20322a766172282d2d732d6729293b636f6c6f723a766172282d2d732d74293b6261636b67726f756e643a766172282d2d732d62293b666f6e743a766172282d2d73616d7479636b652d73697a652c6d617828313570782c2e3933373572656d29292f312e3520766172282d2d73616d7479636b652d666f6e742c73797374656d2d75692c73616e732d7365726966293b626f726465723a766172282d2d73616d7479636b652d626f726465722c31707820736f6c696420766172282d2d732d6c29293b626f726465722d7261646975733a766172282d2d732d72293b626f782d736861646f773a766172282d2d73616d7479636b652d736861646f772c30203870782034307078202330303033293b696e7365742d626c6f636b2d656e643a766172282d2d732d67293b696e7365742d696e6c696e652d73746172743a766172282d2d732d67297d2e73616d7479636b65202a2c3a6973282e73616d7479636b652c2e73616d7479636b65202a293a3a6265666f72652c3a6973282e73616d7479636b652c2e73616d7479636b65202a293a3a61667465727b616c6c3a7265766572743b626f782d73697a696e673a626f726465722d626f783b6d617267696e3a303b70616464696e673a307d2e73616d7479636b65203a69732868322c68332c6834297b666c65783a313b666f6e742d73697a653a31656d3b6c696e652d6865696768743a312e337d2e73616d7479636b652068327b666f6e742d73697a653a312e32656d7d2e73616d7479636b65203a69732868332c68342c64742c63617074696f6e2c7468297b636f6c6f723a766172282d2d732d74297d2e73616d7479636b6520617b636f6c6f723a766172282d2d73616d7479636b652d6c696e6b2c696e6865726974297d2e73616d7479636b652d66697273742c2e73616d7479636b652d7365636f6e647b77696474683a766172282d2d73616d7479636b652d77696474682c3338656d297d2e73616d7479636b652d746f702c2e73616d7479636b652d6c6976657b696e7365742d626c6f636b3a766172282d2d732d6729206175746f7d2e73616d7479636b652d63656e7472657b696e7365743a303b6d617267696e3a6175746f3b6865696768743a6669742d636f6e74656e747d2e73616d7479636b652d6261727b696e7365742d696e6c696e653a303b6d617267696e3a6175746f3b77696474683a6175746f3b6d61782d77696474683a6e6f6e653b626f726465722d7261646975733a303b626f726465722d696e6c696e653a307d2e73616d7479636b652d6261722e73616d7479636b652d626f74746f6d7b696e7365742d626c6f636b2d656e643a307d2e73616d7479636b652d6261722e73616d7479636b652d746f707b696e7365742d626c6f636b2d73746172743a307d6469616c6f672e73616d7479636b653a3a6261636b64726f707b6261636b67726f756e643a766172282d2d73616d7479636b652d6261636b64726f702c2330303038297d2e73616d7479636b652d686561647b646973706c61793a666c65783b666c65783a6e6f6e653b616c69676e2d6974656d733a63656e7465723b70616464696e672d626c6f636b3a2e36656d202e33656d3b70616464696e672d696e6c696e653a766172282d2d732d7029202e35656d7d2e73616d7479636b652d626f64797b646973706c61793a677269643b666c65783a6175746f3b6761703a2e37656d3b6f766572666c6f773a6175746f3b6d696e2d6865696768743a372e35656d3b666f6e742d73697a653a2e39333333656d3b70616464696e673a3270782063616c6328766172282d2d732d70292a312e30373134293b636f6c6f723a766172282d2d732d6d297d2e73616d7479636b652d666f6f747b646973706c61793a666c65783b666c65783a6e6f6e653b666c65782d777261703a777261703b6761703a2e36656d3b70616464696e673a2e39656d20766172282d2d732d702920312e31656d7d2e73616d7479636b652d666f6f74206469762c2e73616d7479636b652d7365636f6e64202e73616d7479636b652d666f6f747b646973706c61793a677269643b677269642d74656d706c6174652d636f6c756d6e733a726570656174286175746f2d6669742c6d696e6d6178286d696e28313030252c38656d292c31667229293b677269642d6175746f2d726f77733a3166723b6761703a2e36656d3b666c65783a322031203137656d7d2e73616d7479636b6520627574746f6e7b6d696e2d77696474683a343470783b6d696e2d6865696768743a343470783b70616464696e673a2e33656d202e36656d3b626f726465723a766172282d2d73616d7479636b652d627574746f6e2d626f726465722c31707820736f6c6964202330303030293b626f726465722d7261646975733a766172282d2d73616d7479636b652d627574746f6e2d7261646975732c766172282d2d732d7229293b666f6e743a696e68657269743b666f6e742d7765696768743a766172282d2d73616d7479636b652d627574746f6e2d7765696768742c363030293b6c696e652d6865696768743a312e333b637572736f723a706f696e7465727d2e73616d7479636b65205b646174612d73616d7479636b652d616374696f6e3d73657474696e67735d7b666c65783a3120312038656d7d2e73616d7479636b65202e73616d7479636b652d6865616420627574746f6e7b70616464696e673a303b666f6e742d73697a653a312e35656d3b666f6e742d7765696768743a3430307d2e73616d7479636b6520627574746f6e3a686f7665727b626f782d736861646f773a766172282d2d73616d7479636b652d686f7665722c696e7365742030203020302033707820766172282d2d732d6d29297d2e73616d7479636b65203a666f6375732d76697369626c657b6f75746c696e653a766172282d2d73616d7479636b652d666f6375732c32707820736f6c696420766172282d2d732d7429293b6f75746c696e652d6f66667365743a3270787d2e73616d7479636b65202e73616d7479636b652d626f64793a666f6375732d76697369626c657b6f75746c696e652d6f66667365743a2d3270787d2e73616d7479636b655b646174612d73616d7479636b652d66726573685d20627574746f6e7b706f696e7465722d6576656e74733a6e6f6e657d406d6564696128666f726365642d636f6c6f72733a6e6f6e65297b2e73616d7479636b6520627574746f6e7b636f6c6f723a766172282d2d732d63293b6261636b67726f756e643a766172282d2d732d61297d2e73616d7479636b65203a6973285b646174612d73616d7479636b652d616374696f6e3d73657474696e67735d2c5b646174612d73616d7479636b652d616374696f6e3d636c6f73655d297b636f6c6f723a696e68657269743b6261636b67726f756e643a6e6f6e657d2e73616d7479636b652d666f6f74205b646174612d73616d7479636b652d616374696f6e3d73657474696e67735d7b626f726465723a766172282d2d73616d7479636b652d73657474696e67732d626f726465722c31707820736f6c696420766172282d2d732d6d29297d7d2e73616d7479636b652d66697273747e2e73616d7479636b652d636f6e74726f6c2c2e73616d7479636b655b646174612d73616d7479636b652d626568696e645d7b646973706c61793a6e6f6e657d2e73616d7479636b652d6c6976657b696e7365742d696e6c696e652d656e643a766172282d2d732d67293b6d617267696e3a6175746f3b77696474683a6669742d636f6e74656e743b70616464696e673a2e38656d20312e32656d7d2e73616d7479636b652d6c6976653a656d7074797b70616464696e673a303b626f726465723a303b626f782d736861646f773a6e6f6e657d406d65646961286d61782d77696474683a3330656d297b2e73616d7479636b657b2d2d732d673a766172282d2d73616d7479636b652d6d617267696e2c2e35656d293b2d2d732d703a766172282d2d73616d7479636b652d70616464696e672c31656d297d2e73616d7479636b652d66697273747b6d61782d6865696768743a6d617828363076682c3138656d297d7d406d65646961286d61782d6865696768743a3236656d297b2e73616d7479636b652d66697273747b646973706c61793a626c6f636b7d2e73616d7479636b652d6669727374202e73616d7479636b652d626f64797b6f766572666c6f773a76697369626c657d7d406d65646961286d696e2d77696474683a3338656d2920616e6420286d61782d6865696768743a3330656d297b2e73616d7479636b652d66697273747b646973706c61793a677269643b677269642d74656d706c6174653a6175746f206d696e6d617828302c316672292f316672203136656d3b77696474683a3632656d3b6d61782d6865696768743a63616c63283130307668202d2031656d297d2e73616d7479636b652d6669727374202e73616d7479636b652d626f64797b6f766572666c6f773a6175746f3b6d696e2d6865696768743a307d2e73616d7479636b652d6669727374202e73616d7479636b652d666f6f747b677269642d617265613a312f322f333b616c69676e2d636f6e74656e743a63656e7465727d7d406d65646961286d696e2d77696474683a3536656d297b2e73616d7479636b652d6261727b646973706c61793a677269643b677269642d74656d706c6174653a6175746f206d696e6d617828302c316672292f316672203234656d3b77696474683a6175746f7d2e73616d7479636b652d626172202e73616d7479636b652d666f6f747b677269642d617265613a312f322f333b616c69676e2d636f6e74656e743a63656e7465727d7d406d65646961207072696e747b2e73616d7479636b657b646973706c61793a6e6f6e657d7d406d6564696120247b727d7b2e73616d7479636b657b2d2d732d623a766172282d2d73616d7479636b652d6261636b67726f756e642c23313931643232293b2d2d732d743a766172282d2d73616d7479636b652d746578742c23656365666632293b2d2d732d6d3a766172282d2d73616d7479636b652d6d757465642c23613661666239293b2d2d732d6c3a766172282d2d73616d7479636b652d6c696e652c23333433623433293b636f6c6f722d736368656d653a6461726b7d7d60292c632e6b65657028292c637d636f6e7374204f3d7b656c3a702c627574746f6e3a682c6e616d653a672c6c617965723a5f2c726f6f74456c656d656e743a6d2c6973496e697469616c6c794f6e3a752c6578636c756465643a647d3b66756e6374696f6e206b2865297b6c657420743d6c28652e646f63756d656e74292c6e3d532865292c722c692c612c6f2c733d21312c633d6e6577205765616b4d61702c753d21312c703d653d3e653f2e6c6f63616c4e616d653d3d3d606469616c6f67602c6d3d782828293d3e212128723f3f69292c28293d3e2121697c7c702872292c28293d3e7b682e6b65657028293b666f72286c65742065206f665b613f2e656c656d656e742c722c692c6e5d29653f2e6973436f6e6e65637465642626792865293b722626492872292c692626492869292c613f2e64726177282130297d292c683d4428652e6f7074696f6e732c6d2e656c656d656e74292c673d6e65772041626f7274436f6e74726f6c6c65723b6d2e656c656d656e742e617070656e64286e292c6d2e6c6f6f6b28293b6173796e632066756e6374696f6e205f28297b6c657420653d617761697420696d706f727428222e2f73657474696e67732e393934653763333632322e6a7322293b72657475726e206f7c7c682e61646428652e52554c4553292c6f3d652c657d6c657420623d28293d3e766f69642872262642287229293b666f72286c65742065206f665b60706f696e7465726f766572602c60666f637573696e605d296d2e656c656d656e742e6164644576656e744c697374656e657228652c622c7b6f6e63653a21307d293b66756e6374696f6e206b28652c74297b653d3d3d613f2e656c656d656e743f6e2e6265666f72652865293a6d2e656c656d656e742e70726570656e642865292c6d2e6c6f6f6b28292c792865292c4528652c74297d6173796e632066756e6374696f6e204128297b696628737c7c21742e6c656e6774682972657475726e3b733d21303b6c6574206e3d28652e6770637c7c652e6368616e67657328297c7c742e736f6d6528287b707572706f73653a747d293d3e652e63686f73656e28742e69642929292626286177616974205f28292e63617463682828293d3e7b7d29293f2e6e6f74657328652c742c4f293b69662821737c7c722972657475726e3b6c657420613d7628652c6e293b723d612c492861292c6b2861292c702861292626612e666f63757328292c6926264e282130292c5428302c28293d3e723d3d3d612626652e73686f776e2829297d6173796e632066756e6374696f6e206a286e297b6c65747b7365636f6e644c617965723a727d3d6177616974205f28293b697c7c672e7369676e616c2e61626f727465647c7c28693d7228652c742c4f292c492869292c4e282130292c6b28692c6e292c692e666f63757328292c42286929297d66756e6374696f6e204d2874297b6a2874292e636174636828743d3e7b636f6e736f6c652e6572726f72286073616d7479636b653a207468652073657474696e67732063616e6e6f74206265206c6f61646564602c74292c652e6f7074696f6e732e6465636c61726174696f6e26266f70656e28652e6f7074696f6e732e6465636c61726174696f6e297d297d66756e6374696f6e204e2865297b723f2e746f67676c654174747269627574652860646174612d73616d7479636b652d626568696e64602c65297d66756e6374696f6e20502865297b693f284628292c7226264528722c6529293a7a2860636c6f7365602c2130297d66756e6374696f6e204628297b6c657420653d693b693d766f696420302c4e282131292c653f2e636c6f73653f2e28292c653f2e72656d6f766528292c6d2e6c6f6f6b28297d66756e6374696f6e20492865297b72657175657374416e696d6174696f6e4672616d652828293d3e7b6c657420743d652e717565727953656c6563746f7228602e73616d7479636b652d626f647960293b742626742e7363726f6c6c4865696768743e742e636c69656e74486569676874262621742e717565727953656c6563746f722860612c696e7075742c73756d6d6172796029262628742e746162496e6465783d30297d292c652e6f6e636c69636b3d743d3e7b6c65747b7461726765743a6e2c6973547275737465643a727d3d743b6966286e20696e7374616e63656f662048544d4c496e707574456c656d656e742972657475726e204c2874293b6c657420693d6e2e636c6f7365737428605b646174612d73616d7479636b652d616374696f6e5d60292c613d693f2e646174617365742e73616d7479636b65416374696f6e3b21617c7c722626652e6861734174747269627574652860646174612d73616d7479636b652d667265736860297c7c28613d3d3d6073657474696e6773603f4d2874293a613d3d3d60636c6f7365603f502874293a7a28612c722c692c6529297d2c652e6f6e6b6579646f776e3d653d3e7b6c65747b6b65793a742c7265706561743a6e7d3d653b696628743d3d3d6045736361706560295028293b656c73652069662821286e26262f5e28456e7465727c2029242f2e74657374287429292972657475726e3b652e70726576656e7444656661756c7428297d2c652e6f6e63616e63656c3d653d3e7b652e70726576656e7444656661756c7428292c5028297d2c652e6f6e636c6f73653d28293d3e652e6973436f6e6e65637465642626653d3d3d28693f3f722926265028297d66756e6374696f6e204c2874297b742e6973547275737465647c7c652e74657374696e677c7c21742e7461726765742e636865636b65647c7c28742e70726576656e7444656661756c7428292c522829297d66756e6374696f6e205228297b43286e2c652e646f63756d656e742e776f7264732e62795f68616e64292c5f28292e7468656e28653d3e652e7761726e50726f6772616d28292c636f6e736f6c652e6572726f72297d66756e6374696f6e207a286e2c722c612c73297b6c657420633d66286e2c742c28652c74293d3e212169262621216f3f2e69734f6e28692c652c74292c6428652c7429293b632e676976656e2e6c656e6774683f2172262621652e74657374696e673f5228293a6126267326265628632c612c73293a6e3d3d3d60616363657074603f5028293a482863297d6173796e632066756e6374696f6e20422874297b6c6574206e3d6177616974205f28292e63617463682828293d3e7b7d293b632e73657428742c6177616974206e3f2e68617368286e2e6d65617375726528742c743d3d3d693f323a312c652929297d66756e6374696f6e205628652c742c6e297b69662821632e686173286e292972657475726e20766f69642042286e292e7468656e2828293d3e6e2e6973436f6e6e656374656426265628652c742c6e29293b6e2e72656d6f76654174747269627574652877292c6f3f2e6973556e66616972286e2c74293f652e6b696e643d3d3d6073617665602626652e726566757365645b305d262648287b2e2e2e652c676976656e3a5b5d7d293a4828652c632e676574286e29297d66756e6374696f6e204828742c6e297b5528292c652e646563696465287b2e2e2e742c2e2e2e6e26267b75695f686173683a6e7d2c6770635f73686f776e3a652e6770637d292c5728297d66756e6374696f6e205528297b6c657420653d723b723d766f696420302c733d21312c4628292c702865292626652e636c6f73653f2e28292c653f2e72656d6f766528292c6d2e6c6f6f6b28292c6526265728297d66756e6374696f6e205728297b752626217326265f28292e7468656e28287b637265617465436f6e74726f6c3a6e7d293d3e7b696628672e7369676e616c2e61626f727465647c7c732972657475726e3b613f3f3d6e28652c742c4f2c672e7369676e616c2c653d3e7b652e6973547275737465642626613f2e656c656d656e742e6861734174747269627574652860646174612d73616d7479636b652d667265736860297c7c282f73657474696e67732f2e7465737428652e63757272656e745461726765742e646174617365742e73616d7479636b65416374696f6e293f4d2865293a7a286072656a656374602c652e69735472757374656429297d293b6c65747b656c656d656e743a727d3d613b612e6472617728293f722e6973436f6e6e65637465647c7c6b2872293a722e72656d6f766528297d2c636f6e736f6c652e6572726f72297d72657475726e7b70726f6d70743a412c73657474696e67733a6a2c636f6e74726f6c28297b753d21302c72657175657374416e696d6174696f6e4672616d652857297d2c636c6f73653a552c7361793a653d3e43286e2c65292c756e6d6f756e7428297b753d21312c5528292c672e61626f727428292c6d2e73746f7028292c682e72656d6f766528297d7d7d636f6e737420413d3339302a723b66756e6374696f6e206a28652c742c6e297b72657475726e60722e247b657d2e247b4d6174682e666c6f6f7228742f72292e746f537472696e67283336297d2e247b6e7d607d66756e6374696f6e204d28652c742c6e2c72297b72657475726e60672e247b657d2e247b747d2e247b6e7d247b722e6c656e6774683f602e247b722e6a6f696e28602d60297d603a60607d607d6173796e632066756e6374696f6e204e28652c74297b6c65747b7365727665723a722c6f7074696f6e733a612c736974653a737d3d652c7b6b65793a632c636f6f6b6965506174683a6c3d602f607d3d612c753d612e73746f726167653d3d3d606c6f63616c602c643d6e2873292c663d6e65772055524c2872292e6f726967696e3d3d3d6c6f636174696f6e2e6f726967696e2c703d612e636f6f6b6965446f6d61696e7c7c28612e6361636865436f6f6b69653f3f213129213d3d21313f28617761697420696d706f727428222e2f6a61722e633635366131336437362e6a732229292e6372656174654a617228652c6d293a766f696420303b66756e6374696f6e206d28652c74297b6c6574206e3d703f2e646f6d61696e28292c723d28742c6e293d3e692828293d3e7b646f63756d656e742e636f6f6b69653d60247b657d3d247b743f3f60607d3b20506174683d247b6c7d3b2053616d65536974653d4c61783b204d61782d4167653d247b743f413a307d247b6e7d607d292c613d6c6f636174696f6e2e70726f746f636f6c3d3d3d6068747470733a603f603b20536563757265603a60603b6e26267228742c603b20446f6d61696e3d247b6e7d247b617d60292c72286e3f766f696420303a742c61297d72657475726e7b736974653a732c766965773a652e766965772c2e2e2e742c2e2e2e702c7772697465436f6f6b69652865297b72657475726e206d28642c753f766f696420303a65292c21657c7c217526262121692828293d3e646f63756d656e742e636f6f6b69652e696e636c75646573286529297d2c77726974654c6f63616c2874297b652e6d656d6f72793d766f696420303b7472797b743f6c6f63616c53746f726167652e7365744974656d28652e6b65792c74293a6c6f63616c53746f726167652e72656d6f76654974656d28652e6b6579297d63617463687b652e6d656d6f72793d747d7d2c72616e646f6d3a653d3e63727970746f2e67657452616e646f6d56616c756573286e65772055696e74384172726179286529292c6173796e6320706f737428652c742c6e2c69297b6c657420613d703f2e646f6d61696e28292c733d7b2e2e2e6e26267b417574686f72697a6174696f6e3a6042656172657220247b637d602c22436f6e74656e742d54797065223a606170706c69636174696f6e2f6a736f6e602c2253616d7479636b652d4361706162696c697479223a6e7d2c2e2e2e692626662626217526267b2253616d7479636b652d43686f696365223a60247b697d247b6c3d3d3d602f603f60603a603b20706174683d247b6c7d607d247b613f603b20646f6d61696e3d247b617d603a60607d607d7d2c643d693d3e66657463682860247b727d76312f247b6e3f60603a6062616e6e65722f247b637d2f607d247b657d602c7b6d6574686f643a60504f5354602c686561646572733a732c626f64793a4a534f4e2e737472696e676966792874292c6b656570616c6976653a692c7369676e616c3a41626f72745369676e616c2e74696d656f75743f2e286f297d293b7472797b6c657420653d61776169742064282130292e63617463682828293d3e6428213129293b72657475726e7b7374617475733a652e7374617475732c626f64793a652e6f6b2626652e737461747573213d3d3230343f617761697420652e6a736f6e28293a7b7d2c726574727941667465723a4e756d62657228652e686561646572732e676574286052657472792d41667465726029297c7c307d7d63617463687b72657475726e7b7374617475733a302c626f64793a7b7d2c726574727941667465723a307d7d7d2c6c6f636b3a6173796e6320743d3e7b6177616974286e6176696761746f722e6c6f636b733f2e7265717565737428652e6b65792c74292e63617463682874293f3f742829297d2c7761697428742c6e297b73657454696d656f75742828293d3e652e656e6465642e61626f727465647c7c6e28292c74297d2c636c6f636b49732874297b652e736b65773d742d4d6174682e666c6f6f7228446174652e6e6f7728292f316533297d7d7d66756e6374696f6e20502865297b72657475726e2062746f6128537472696e672e66726f6d43686172436f6465282e2e2e6529292e7265706c616365282f5c2b2f672c602d60292e7265706c616365282f5c2f2f672c605f60292e7265706c616365282f3d2b242f2c6060297d66756e6374696f6e204628652c74297b6c6574206e3d652e746f537472696e67283136292e70616453746172742831322c603060292c723d5b2e2e2e745d2e6d617028653d3e652e746f537472696e67283136292e706164537461727428322c60306029292e6a6f696e286060292c693d6038396162605b745b325d26335d3b72657475726e60247b6e2e736c69636528302c38297d2d247b6e2e736c6963652838297d2d37247b722e736c69636528302c33297d2d247b697d247b722e736c69636528352c38297d2d247b722e736c6963652838297d607d636f6e737420493d33302a723b66756e6374696f6e204c2865297b72657475726e21652e7965732e6c656e6774687d66756e6374696f6e205228652c74297b6c6574206e3d5b2e2e2e652e712c745d2c723d6e2e66696e64496e64657828653d3e214c286529293b72657475726e206e2e6c656e6774683e36342626723e3d3026266e2e73706c69636528722c31292c7b2e2e2e652c713a6e7d7d66756e6374696f6e207a2865297b72657475726e20652e712e66696e64284c293f3f652e715b305d7d66756e6374696f6e20422865297b72657475726e20652e712e66696c74657228653d3e652e6e6f2e6c656e677468292e736c696365282d3136292e6d617028653d3e652e6964297d66756e6374696f6e205628652c74297b72657475726e214c2865292626742d652e61743e497d66756e6374696f6e20482865297b72657475726e20653c3230307c7c653e3d3330302626653c3430307c7c653e3d3530307c7c5b3430382c3432352c3432395d2e696e636c756465732865297d66756e6374696f6e205528652c74297b72657475726e20482874293f607265747279603a743c3330303f60646f6e65603a4c2865293f5b3430342c3431302c3432325d2e696e636c756465732874293f606f766572603a607265747279603a6064726f70706564607d66756e6374696f6e205728652c74297b72657475726e204d6174682e6d617828743f2e6e3f3f302c2e2e2e652e712e6d617028653d3e652e6e29297d66756e6374696f6e2047287b746f6b656e3a652c707572706f7365733a747d2c6e2c72297b6c657420693d742e666c61744d617028287b69643a742c676976656e3a727d2c69293d3e652e77697468647261776e496e64657865732e696e636c756465732869297c7c7226266e2e696e636c756465732874293f5b695d3a5b5d293b72657475726e204d28722c652e746578742c652e6361706162696c6974792c69297d66756e6374696f6e204b28652c742c6e2c72297b6c65747b73746f7265643a692c6e6f773a612c636c6f636b3a6f2c6770633a637d3d652c7b7965733a6c2c62616e6e65723a752c6465636973696f6e3a642c70726f6d70743a667d3d742c703d753f2e707572706f7365733f3f5b5d2c6d3d28693f2e707572706f7365733f3f5b5d292e66696c74657228653d3e652e676976656e292e6d617028653d3e652e6964292c683d5b2e2e2e6e657720536574285b2e2e2e6d2c2e2e2e652e6c6f63616c2e712e666c61744d617028653d3e652e796573295d295d2c673d742e6e6f3f3f5b2e2e2e6e657720536574285b2e2e2e682c2e2e2e702e666c61744d61702873295d295d2c5f3d682e66696c74657228653d3e672e736f6d6528743d3e743d3d3d657c7c742e73706c697428602f60295b305d3d3d3d657c7c652e73706c697428602f60295b305d3d3d3d7429292c763d672e66696c74657228653d3e21682e696e636c75646573286529292c793d4d6174682e6d617828722c5728652e6c6f63616c2c6929292b312c623d693f2e746f6b656e3f2e6361706162696c6974793f3f652e6c6f63616c2e632c783d623f3f286c2e6c656e6774683f50286e2e72616e646f6d28333229293a6060292c533d642626752c7b6c6f63616c3a437d3d652c773d6c2e66696c74657228653d3e702e736f6d6528743d3e742e6f776e5f73746174656d656e742626732874292e696e636c7564657328652929292c543d6c2e66696c74657228653d3e21772e696e636c75646573286529293b66756e6374696f6e20452865297b6c657420743d4f626a6563742e656e74726965732865292e666c61744d617028285b652c745d293d3e742e666c61744d617028743d3e7b6c65745b6e2c725d3d742e73706c697428602f60292c693d702e66696e6428653d3e652e69643d3d3d6e292c613d653d3d3d60676976656e603f693a766f696420303b72657475726e2069262621692e76656e646f72733f2e5b305d3d3d2121723f5b5d3a7b707572706f73653a6e2c2e2e2e7226267b73636f70653a7b76656e646f723a727d7d2c6465636973696f6e3a652c2e2e2e613f2e6f776e5f73746174656d656e7426267b6578706c696369743a21307d2c2e2e2e613f2e6770632626632626643f2e6770635f73686f776e26267b6770635f61636b6e6f776c65646765643a21307d7d7d29293b69662821742e6c656e6774682972657475726e3b6c657420723d432e633d3d3d783f432e733a302c733d4628612a3165332c6e2e72616e646f6d28313029292c6c3d7b6576656e745f69643a732c6e6f746963653a533f2e6e6f746963652c6c616e67756167653a533f2e6c616e67756167652c76617269616e743a533f2e76617269616e742c6d6574686f643a652e676976656e3d3d3d773f60666f726d603a643f2e6d6574686f643f3f60617069602c62617365645f6f6e3a4d6174682e6d617828722c693f2e746f6b656e3f2e7365713f3f30292c61667465723a422843292c6465636973696f6e733a742c6f636375727265645f61743a6e6577204461746528612a316533292e746f49534f537472696e6728292c7369676e616c733a7b6770633a637d2c75695f686173683a643f2e75695f686173682c737572666163653a60776562602c70726f6d70743a652e676976656e3d3d3d28542e6c656e6774683f543a77293f663a766f696420307d2c753d7b69643a732c6e3a792c61743a6f2c7965733a652e676976656e3f3f5b5d2c6e6f3a5b2e2e2e652e77697468647261776e3f3f5b5d2c2e2e2e652e726566757365643f3f5b5d5d2c633a782c626f64793a6c7d3b433d52287b2e2e2e432c633a782c733a727d2c75297d62262645287b77697468647261776e3a5f2c726566757365643a6c2e6c656e6774683f5b5d3a767d292c6c2e6c656e677468262628542e6c656e6774687c7c762e6c656e67746829262645287b676976656e3a542c726566757365643a767d292c772e6c656e677468262645287b676976656e3a777d293b6c657420443d7b6e3a792c6c6f63616c3a432c77697468647261776e3a5f7d3b72657475726e216c2e6c656e67746826265f2e6c656e6774683d3d3d682e6c656e6774682626285f2e6c656e6774687c7c647c7c21742e6e6f293f7b2e2e2e442c76616c75653a6a28792c612c753f2e6e6f746963652e736c69636528372c3135293f3f693f2e6e6f74696365383f3f60303030303030303060297d3a6d2e736f6d6528653d3e5f2e696e636c75646573286529293f7b2e2e2e442c76616c75653a4728692c5f2c79297d3a6c2e6c656e677468262669262621692e746f6b656e3f7b2e2e2e442c76616c75653a6a28692e6e2c302c692e6e6f7469636538297d3a447d636f6e737420713d28652c742c6e293d3e653f2e736f6d6528287b707572706f73653a652c73636f70653a722c6f7574636f6d653a697d293d3e693d3d3d7426266e2e696e636c7564657328723f2e76656e646f723f60247b657d2f247b722e76656e646f727d603a6529293b66756e6374696f6e204a286e297b6c657420723d7b6e3a302c76616c75653a60607d2c693d302c613d302c6f3d21312c733d21312c633d21312c6c3d6e6577205365742c752c643b66756e6374696f6e20662865297b6e2e77726974654c6f63616c28652e637c7c652e6b7c7c652e712e6c656e6774683f4a534f4e2e737472696e676966792865293a766f69642030297d66756e6374696f6e207028652c74297b66287b2e2e2e652c6b3a6e2e7772697465436f6f6b69652874293f766f696420303a747d292c6d28297d66756e6374696f6e206d28297b6c65747b73746f7265643a657d3d6e2e7669657728293b652626652e6e3e3d722e6e262628723d65297d66756e6374696f6e206828297b6c65747b73746f7265643a652c6c6f63616c3a747d3d6e2e7669657728293b652626652e76616c7565213d3d722e76616c75652626652e6e3c4d6174682e6d617828722e6e2c692926267028742c722e76616c75657c7c766f69642030292c6d28297d66756e6374696f6e20672865297b652e62616e6e65723d3d3d75262628652e70726f6d70743d64293b6c65747b6e3a742c6c6f63616c3a722c76616c75653a612c77697468647261776e3a6f7d3d4b286e2e7669657728292c652c6e2c69293b72657475726e20693d742c652e7965732e6c656e677468262628753d643d766f69642030292c613f7028722c61293a662872292c61262621722e632626652e62616e6e657226265f286072656675736564602c652e62616e6e65722c74292c6e2e6368616e67656428292c4f28292c6f7d66756e6374696f6e205f28652c7b6e6f746963653a747d2c72297b6e2e706f7374286074616c6c696573602c7b6e6f746963653a742c63686f6963653a657d2c766f696420302c72292e7468656e2868297d66756e6374696f6e20762865297b696628753d3d3d652972657475726e3b753d652c643d766f696420303b6c65747b6e6f746963653a742c6c616e67756167653a722c76617269616e743a697d3d653b6e2e706f7374286070726f6d707473602c7b6e6f746963653a742c6c616e67756167653a722c76617269616e743a697d292e7468656e28287b626f64793a747d293d3e7b753d3d3d65262628643d742e70726f6d7074297d297d66756e6374696f6e207928652c7b633a722c6e3a692c7965733a617d297b6c65747b73746f7265643a6f2c6c6f63616c3a737d3d6e2e7669657728292c633d742860672e247b697d2e247b657d2e247b727d602c6e2e73697465293b69662821633f2e746f6b656e7c7c632e746f6b656e2e7365713c732e737c7c6f2626286f2e746f6b656e3f6f2e61743e632e61743a6f2e6e3e3d69292972657475726e21313b6c6574206c3d732e712e666c61744d617028653d3e652e6e3e3d693f652e6e6f3a5b5d293b666f72286c65742065206f66206f3f2e746f6b656e3f2e77697468647261776e496e64657865733f3f5b5d297b6c65747b69643a747d3d6f2e707572706f7365735b655d3b286f2e6e3e697c7c21612e696e636c756465732874292926266c2e707573682874297d72657475726e207028732c4728632c6c2c4d6174682e6d617828692c6f3f2e6e3f3f302929292c21307d6173796e632066756e6374696f6e206228652c742c722c69297b6c65747b73746f7265643a612c6c6f63616c3a6f7d3d6e2e7669657728292c733d693e3d57286f2c6129262621613f2e746f6b656e3f2e77697468647261776e496e64657865732e6c656e6774682c633d6177616974206e2e706f737428652c742c722c733f693a766f69642030293b72657475726e206828292c637d6173796e632066756e6374696f6e20782865297b6c65747b626f64793a742c633a6e2c6e3a722c7965733a697d3d652c613d61776169742062284c2865293f607769746864726177616c73603a60636f6e73656e7473602c742c6e2c72292c7b636f6f6b69653a6f2c6465636973696f6e733a737d3d612e626f64793b6966286f7c7c217128732c60656666656374697665602c69292972657475726e20613b6c657420633d617761697420622860636f6f6b6965602c7b7d2c6e2c72293b72657475726e20632e7374617475733d3d3d3230303f7b2e2e2e612c626f64793a7b2e2e2e612e626f64792c636f6f6b69653a632e626f64792e636f6f6b69653f3f6e756c6c7d7d3a637d6173796e632066756e6374696f6e20532865297b696628216c2e686173286529297b666f72286c2e6164642865293b3b297b6c65747b6c6f63616c3a742c636c6f636b3a727d3d6e2e7669657728292c693d7a2874293b69662821697c7c4c286929213d3d657c7c7329627265616b3b6966285628692c7229294328692c7b7374617475733a3431302c626f64793a7b7d2c726574727941667465723a307d293b656c736520696628214328692c617761697420782869292929627265616b7d6c2e64656c6574652865297d7d66756e6374696f6e204328652c7b7374617475733a742c626f64793a722c726574727941667465723a697d297b6c6574206f3d5528652c74292c733d4c2865293b6966286f3d3d3d607265747279602972657475726e20737c7c6e2e70726f6772657373286070656e64696e6760292c442869293b613d303b6c65747b73746f7265643a632c6c6f63616c3a6c7d3d6e2e7669657728292c753d6c2e712e66696c74657228743d3e742e6964213d3d652e6964292c643d6f3d3d3d60646f6e65603b696628752e6c656e6774683d3d3d6c2e712e6c656e6774682972657475726e206426267728652c72292c21303b6c6574206d3d7b2e2e2e6c2c713a752c733a6426266c2e633d3d3d652e633f4d6174682e6d6178286c2e732c722e7365713f3f30293a6c2e737d2c683d652e6e3e3d57286c2c63293b732626633f2e746f6b656e2626632e6e3c652e6e3f70286d2c4728632c652e6e6f2c652e6e29293a66286d292c642626722e636f6f6b696526267928722e636f6f6b69652c65293b6c657420673d6e2e7669657728293b21672e73746f7265643f2e746f6b656e262621752e6c656e677468262666287b733a302c713a752c6b3a672e6c6f63616c2e6b7d292c6426267728652c72293b6c6574205f3d7128722e6465636973696f6e732c6073757065727365646564602c652e796573293b72657475726e217326266826266e2e70726f677265737328642626215f3f607361766564603a60616761696e60292c6e2e6368616e67656428292c21307d66756e6374696f6e2077287b633a652c6e3a742c7965733a727d2c7b636f6f6b69653a692c7365713a613d307d297b6c65747b73746f7265643a6f2c6c6f63616c3a737d3d6e2e7669657728293b21722e6c656e6774687c7c21697c7c732e637c7c216f7c7c6f2e746f6b656e7c7c6f2e6e3c747c7c2866287b2e2e2e732c633a652c733a617d292c67287b7965733a5b5d2c6e6f3a727d29297d6173796e632066756e6374696f6e205428297b6c657420743d6e2e7669657728292c7b746f6b656e3a692c6e3a6f3d302c6e6f74696365383a633d60607d3d742e73746f7265643f3f7b7d3b69662821697c7c742e6c6f63616c2e712e6c656e6774687c7c737c7c742e6e6f773e3d692e657870697265732972657475726e3b6c6574206c3d742e6e6f772d692e7369676e65643b6966286c3e3d3026266c3c393030262621692e77697468647261776e496e64657865732e6c656e67746826266528692c74292972657475726e3b6c65747b7374617475733a752c626f64793a642c726574727941667465723a667d3d617761697420622860636f6f6b6965602c7b7d2c692e6361706162696c6974792c6f292c7b73746f7265643a6d2c6c6f63616c3a682c6e6f773a677d3d6e2e7669657728293b69662875213d3d323030262675213d3d3431302972657475726e20766f696420442866293b613d302c6d3f2e746f6b656e3f2e6361706162696c6974793d3d3d692e6361706162696c697479262628642e636f6f6b69653f287928642e636f6f6b69652c7b633a692e6361706162696c6974792c6e3a6f2c7965733a5b5d7d2926266e2e636c6f636b4973286e2e7669657728292e73746f7265642e6174292c452829293a6d2e6e3d3d3d6f262621682e712e6c656e677468262628723d7b6e3a302c76616c75653a60607d2c70287b733a302c713a5b5d7d2c642e6d61795f61736b3d3d3d21313f6a286f2c672c63293a766f6964203029292c6e2e6368616e6765642829297d66756e6374696f6e204528297b6c65747b73746f7265643a652c6c6f63616c3a747d3d6e2e7669657728292c723d653f2e746f6b656e3f2e77697468647261776e496e64657865732e6d617028743d3e652e707572706f7365735b745d2e6964293f3f5b5d3b637c7c742e712e6c656e6774687c7c21722e6c656e6774687c7c28633d21302c67287b7965733a5b5d2c6e6f3a727d29297d66756e6374696f6e20442865297b696628737c7c3d653e302c6f2972657475726e21313b6f3d21303b6c657420743d4d6174682e6d696e283165332a322a2a612b2b2c326535292a28312b6e2e72616e646f6d2831295b305d2f353132293b72657475726e206e2e77616974284d6174682e6d617828742c652a316533292c28293d3e7b6f3d733d21312c4f28297d292c21317d6173796e632066756e6374696f6e204f28297b6d28292c61776169742053282130292c6177616974206e2e6c6f636b286173796e6328293d3e7b61776169742053282131292c6177616974205428297d297d72657475726e7b7265636f72643a672c636f756e743a5f2c73686f776e3a762c666c7573683a4f2c726566726573683a6d7d7d6173796e632066756e6374696f6e20592865297b6c65747b6f7074696f6e733a742c656e6465643a6e2c6b65793a727d3d652c6f3d7b7369676e616c3a6e7d2c6c3d692828293d3e6e65772042726f6164636173744368616e6e656c287229292c753d6177616974204e28652c7b6368616e67656428297b4328292c6c3f2e706f73744d6573736167652830297d2c70726f67726573733a427d292c643d4a2875292c662c702c6d3d21312c683d21312c673d21312c5f3d21312c763d2428652e766965772829292c792c623d21312c783d21312c533d21313b66756e6374696f6e204328297b652e6368616e67656428292c752e77726974654361636865436f6f6b69653f2e28293b6c657420743d2428652e766965772829292c6e3d762e66696c74657228653d3e21742e696e636c75646573286529293b763d743b6c657420723d5f3b745b305d2626216226267728292e63617463682861292c6e5b305d26267728292e7468656e28653d3e65286e2c742c7229292e63617463682861292c4528292e63617463682861297d6173796e632066756e6374696f6e207728297b623d21303b6c657420743d617761697420696d706f727428222e2f636c6561722e666237616335323838342e6a7322293b72657475726e20793f3f3d742e636c65617257697468647261776e2865292c797d6173796e632066756e6374696f6e205428297b72657475726e2077696e646f77213d3d77696e646f772e706172656e74262628617761697420696d706f727428222e2f6672616d65732e663031656534396239622e6a732229292e6f7574657242616e6e65722865297d6173796e632066756e6374696f6e204528297b696628703d617761697420652e62616e6e657228292c2170297b787c7c617761697428617761697420696d706f727428222e2f6578706c61696e2e643630356263646461662e6a732229292e6578706c61696e2865292c783d21303b72657475726e7d6c657420743d6177616974205428292c723d652e7669657728292c693d2174262628677c7c216826266328702c72292e6c656e6774683e30293b6966286e2e61626f727465642972657475726e3b2153262621742626722e6770632626702e707572706f7365732e736f6d6528287b69643a652c6770633a747d293d3e742626214d28652929262628533d21302c642e636f756e7428607369676e616c602c7029293b6c657420613d69213d3d6d3b6d3d693b6c6574206f3d617761697428613f4428293a66293b612626286d3f6f2e70726f6d707428293a6f2e636c6f73652829292c747c7c6f3f2e636f6e74726f6c28297d66756e6374696f6e204428297b72657475726e20663f3f3d4f28292e636174636828653d3e7b7468726f7720663d766f696420302c6d3d21312c657d292c667d6173796e632066756e6374696f6e204f28297b6c657420723d617761697420652e62616e6e657228293b6966282172297468726f77204572726f72286073616d7479636b653a20746865207365727665722063616e6e6f74206265207265616368656460293b6c657420693d6b287b646f63756d656e743a722c6f7074696f6e733a7b636f6e74726f6c3a606175746f602c706f736974696f6e3a60626f74746f6d602c6c61796f75743a6063617264602c7468656d653a606175746f602c6465636c61726174696f6e3a60247b652e7365727665727d6465636c61726174696f6e2f247b742e6b65797d602c2e2e2e747d2c6765742067706328297b72657475726e20652e7669657728292e6770637d2c63686f73656e3a502c61636b6e6f776c65646765643a4d2c61736b65643a28293d3e412872292c6368616e6765733a28293d3e722e6368616e6765732e66696e6428287b73696e63653a747d293d3e743d3d3d652e7669657728292e73746f7265643f2e6e6f7469636538292c74657374696e673a742e6b65792e737461727473576974682860706b5f746573745f60292c6465636964653a653d3e4928652c72292c73686f776e3a28293d3e642e73686f776e2872297d293b72657475726e206e2e6164644576656e744c697374656e6572286061626f7274602c692e756e6d6f756e74292c697d66756e6374696f6e20412874297b6c6574206e3d6328742c7b2e2e2e652e7669657728292c64656665727265643a21317d293b72657475726e20672626216e5b305d3f742e707572706f7365732e666c61744d61702873292e66696c74657228653d3e2150286529293a6e7d6173796e632066756e6374696f6e206a2872297b72262628742e6c616e67756167653d72293b6c657420693d703f2e6c616e67756167653b703d617761697420652e62616e6e6572282130293f3f703b6c657420613d617761697420663b69662821707c7c6e2e61626f727465647c7c693d3d3d702e6c616e67756167657c7c28646f63756d656e742e717565727953656c6563746f7228602e73616d7479636b652d656d62656460292626696d706f727428222e2f706c616365686f6c6465722e653039373637356430372e6a7322292e7468656e28653d3e652e7570646174652829292c2161292972657475726e3b6c6574206f3d646f63756d656e742e717565727953656c6563746f7228602e73616d7479636b652d7365636f6e6460293b612e756e6d6f756e7428292c663d766f696420303b6c657420733d6177616974204428293b6d2626732e70726f6d707428292c6f2626617761697420732e73657474696e677328292c6177616974205428297c7c732e636f6e74726f6c28297d66756e6374696f6e204d2874297b72657475726e2121652e7669657728292e73746f7265643f2e707572706f7365732e736f6d6528653d3e5a28652e69642c74292626652e676976656e262621652e677063297d66756e6374696f6e20502874297b6c6574206e3d652e6b6e6f776e3f2e707572706f7365732e66696e6428653d3e652e69643d3d3d74292c723d6e3f73286e292e6d61702846293a5b462874295d3b72657475726e20722e696e636c75646573282130297c7c21722e696e636c75646573282131292626766f696420307d66756e6374696f6e20462874297b6c65747b73746f7265643a6e2c6c6f63616c3a727d3d652e7669657728292c693d5b2e2e2e722e715d2e7265766572736528292e66696e6428287b7965733a652c6e6f3a6e7d293d3e652e696e636c756465732874297c7c6e2e696e636c75646573287429293b72657475726e20693f692e7965732e696e636c756465732874293a6e2626286e2e746f6b656e3f6e2e707572706f7365732e66696e6428653d3e652e69643d3d3d74293f2e676976656e3a2131297d66756e6374696f6e204928652c74297b696628673d21312c652e6b696e643d3d3d60636c6f736560297b683d21302c692828293d3e73657373696f6e53746f726167652e7365744974656d28722c60646029292c642e636f756e7428606465666572726564602c74292c4328293b72657475726e7d6c65747b6b696e643a6e2c676976656e3a612c726566757365643a6f7d3d652c733d7a287b7965733a612c6e6f3a6e3d3d3d6072656a656374603f766f696420303a6f2c62616e6e65723a742c6465636973696f6e3a657d293b612e6c656e6774687c7c5628732e6c656e6774683f6077697468647261776e603a60736176656460297d6173796e632066756e6374696f6e204c2874297b6c6574206e3d617761697420652e62616e6e657228292c723d58286e292e66696c74657228653d3e5128652c7429292c693d6177616974205428292c613d692626212860616c6c6f77656460696e2069293b696628216e7c7c617c7c21722e6c656e6774687c7c722e736f6d6528287b6f776e3a657d293d3e65292972657475726e205528293b49287b6b696e643a6073617665602c676976656e3a722e6d617028287b69643a657d293d3e65292c726566757365643a5b5d2c6d6574686f643a60627574746f6e602c6770635f73686f776e3a652e7669657728292e6770637d2c6e297d6173796e632066756e6374696f6e20522874297b6c65747b73746f7265643a6e2c6c6f63616c3a727d3d652e7669657728292c693d6e7c7c722e712e6c656e6774683f703a617761697420652e62616e6e657228292c613d722e712e666c61744d617028287b7965733a657d293d3e652e6d617028653d3e287b69643a657d2929292c6f3d5b2e2e2e6e3f2e707572706f7365733f3f5b5d2c2e2e2e582869292c2e2e2e615d3b673d21312c7a287b7965733a5b5d2c6e6f3a7426265b2e2e2e6e657720536574286f2e666c61744d617028653d3e5128652c74293f652e69643a5b5d29295d2c62616e6e65723a697d292e6c656e677468262656286077697468647261776e60297d66756e6374696f6e207a2865297b5f3d21303b6c657420743d642e7265636f72642865293b72657475726e205f3d21312c747d66756e6374696f6e20422865297b687c7c3d653d3d3d607361766564602c673d653d3d3d60616761696e602c562865292c4328297d66756e6374696f6e20562865297b663f2e7468656e28743d3e742e73617928653d3d3d60616761696e607c7c21703f60603a702e776f7264735b655d29292e63617463682828293d3e7b7d297d66756e6374696f6e20482865297b6c657420743d652e7461726765742e636c6f7365737428605b646174612d73616d7479636b652d616374696f6e3d73657474696e67735d3a6e6f74282e73616d7479636b65202a2960293b69662821742972657475726e3b6c65747b687265663a6e7d3d743b702626652e70726576656e7444656661756c7428292c5528292e636174636828653d3e7b612865292c7026266e26266c6f636174696f6e2e61737369676e286e297d297d6173796e632066756e6374696f6e205528297b6c657420653d6177616974205428293b696628652972657475726e20652e6f70656e28293b617761697428617761697420442829292e73657474696e677328297d66756e6374696f6e205728297b642e7265667265736828292c4328297d66756e6374696f6e204728297b5728292c642e666c75736828297d666f72286c65742065206f665b606f6e6c696e65602c607061676573686f77605d296164644576656e744c697374656e657228652c472c6f293b646f63756d656e742e6164644576656e744c697374656e657228607669736962696c6974796368616e6765602c28293d3e646f63756d656e742e68696464656e7c7c4728292c6f292c6c3f2e6164644576656e744c697374656e657228606d657373616765602c572c6f292c6164644576656e744c697374656e6572286073746f72616765602c653d3e28652e6b65793f3f7229213d3d727c7c5728292c6f292c646f63756d656e742e6164644576656e744c697374656e65722860636c69636b602c482c6f293b6c6574204b3d6e6577204d75746174696f6e4f627365727665722828293d3e742e6c616e67756167657c7c766f6964206a28292e6361746368286129293b72657475726e204b2e6f62736572766528646f63756d656e742e646f63756d656e74456c656d656e742c7b61747472696275746546696c7465723a5b606c616e67605d7d292c6e2e6164644576656e744c697374656e6572286061626f7274602c28293d3e7b4b2e646973636f6e6e65637428292c6c3f2e636c6f736528297d292c4728292c28742e636f6e74726f6c213d3d606e6f6e65607c7c652e7669657728292e6770632926264428292e7468656e28432c28293d3e7b7d292c7b6f70656e3a552c6772616e743a4c2c77697468647261773a522c7365744c616e67756167653a6a7d7d66756e6374696f6e20582865297b72657475726e28653f2e707572706f7365733f3f5b5d292e666c61744d617028653d3e732865292e6d617028743d3e287b69643a742c63617465676f72793a652e63617465676f72792c6f776e3a652e6f776e5f73746174656d656e747d2929297d636f6e7374205a3d28652c74293d3e653d3d3d747c7c652e737461727473576974682860247b747d2f60293b66756e6374696f6e2051287b69643a652c63617465676f72793a747d2c6e297b72657475726e206e2e736f6d65286e3d3e6e3d3d3d747c7c5a28652c6e297c7c5a286e2c6529297d66756e6374696f6e2024287b73746f7265643a652c6c6f63616c3a747d297b72657475726e28653f2e707572706f7365733f3f5b5d292e66696c74657228287b69643a652c676976656e3a6e7d293d3e6e262621742e712e736f6d6528743d3e742e6e6f2e696e636c7564657328652929292e6d617028287b69643a657d293d3e65297d6578706f72747b59206173206174746163687d3b', '\x1b8a615194b2da0400d0c3013d60a7f6a384dc21c714345d56d6a0d450005ff1a74197d3c6b29fd06d7b0559497178eda71921c9ecbee9be4ed7c99f6d655a39fd5a816959162b8ee2086c39c832cd8fff6d9a9dae2845efeb45b424db3eab514ae964968f8d3cc6453092265e56703f6d5c9a565abebe1709d65e990eb9b5b574c23ffe840134b6e62e6b141d49f857c5749aab806fbf2b930b09424e3279cc5a8430a5541e7ddf5c793abb6815b2844a916ec0f2cefced684049652dfa7551574eab5bd6bdec93015398864727d111e6314d79deb5b576bcc1e7e807c3120c69418c26bbedc64cecdf97aebc36dac1391e2ef1e6936f0c4ef1b897837d5fbdf7feff3bbffbb7ec0e524db7d4ec4a025c8c186a11c340fefd117677c3560966b74ae0241cc191998d01e770f4e93af629c4c3d1bac938a85524d09cdb3272fffeb6be31dbea1dc7085984808a121057c6e923b82448f7f10a65ff0a667885905f41945700f51591d94b3ddb58b05d8bf25766ef5d6eabf9a34b4ecd2fd73cf1b3ac0719e597100bdcea5098cbdf0a89eeb84620af278c6c978d7141fe1cdb611b7a0993aa3e9691d6a301a87f15db6540452054a73facfee57e09895704709dac9c70d44f3f023033e18e6b21b29681b5975e9713543a682407fc70f2263b500bb3bb2041fdd0a8015cd08fb3f6f0a507fed37511c8eb3421aabea93af77c2d37941f5ef9134b5c9fb7ffc75c6469fdbeb90c6d457f64aa8687f080ebad6f8223bab922afaaa3c060984595a1c4acbe0df4edc725635e151e4b7140e580f16db77c747f63a8ff19b457cc001cae51c794e19fc10e5536e0b2e7c66ce07479e279d0aed1cfb671f6195ff24d8196d5d3aefec47b4b2142240a26a82dab5d2c2b647b8b4a6ce7427b38c99f19be4bd05e6c57062b44d4e5405c87bffaa4c45bd9c12810cb2a9c6e9d3d36cfdb8deec0e050018acce366719803a4b8c4111d59231e692b5a0257f32a32441966913ae1ecd52c44fcdb368459660156f6963740710cb9dda72a7e47ba354aa6e8c714372dba380540c6f3e2ad6ed5ef3a59198100f998708c9682f998f3e89b5c26aae4973322a65724e605bfa19805bf234a569e9cab6edbc200b37b56326e7da0df9e4db3a6ea9a3d7b1daab0df42fa355f66d72c75993078fbd7bc568bc2a8eb8864747a0a41127fb49b2dc130dcd127e26603896af80042c3eedc5057dbbfee4a385e37e0ddea80ea6fe4111d12c677767915c85b4ca4ac44fde986aeeb7ee884c5091c003edcccd3ef7830ad15423294046f39a823769dfaa4931b59f10002f580a9d88144bb070f0a8becf86168fc7c0cd37a6f920bf3d367913b6554148d8f914db51f8b4516ce27e37158470910a091961e75b87e6d64cbf64013a90b7047ca222435f8db072a90c808dda63ccf30ee11e3577911254eaff0ea451f6373df13c948930fc9cc11266d02235c9057f889c20c04421501c2401659d76c6ee7033a8735e4e411992560616cbbb98eef60a957aad457641a13db8cd1fbcbba37bfb20a6111cb34762e15af424e9b75eb225d6fa76964687df644a1dfeedca27711ac0f4734ff13cbc114b1b1a5f8f47d166cc5a2255a17a9fcfb126ba237cbff81fe1a46afc7eff3679e2b62bfc712838f2ee38e834bbba30d1078b2a854e54b2936507a4e12012bed1507d3ada66b962b2637547869a5c3bb80e14cf95d88d2612c3ac5041295610947302da329a39458171dd7ae3d10cc4666d59838e80c503b4613d5dff7506f299b48835b45033a25479db565ad04c3260e3a0437884d5c164d89455d9f49dd3b93a953823b60fd202fc31d74c917eb87eb4bf0c62f9f221631ffbf8ee01568d2f2a9ad287e011aad2a4700b5b68b517a9e22bc53bc61e3ff417351326ee36907dc6263552a11af2e47be3e79407c52863ae8bc23d410288cd8a67455727144a84e38c82045e205866b4949ea38d190608a6e93d3497d09780a95f0785c2843fa6e07eb9567a0f23f142aa89a23fd908e5cd46aee8e8ed26ce1d426dc12a6c7bcf203bae08194b8beb37dfe9c0d896d875b6b142acf18ffac8064cb29b9fd873626366b69db418588147f37a2934eb429a3d3acffe9bef156c2501be2f2e0eefb1d54640dc7f89c9aa01018525db7d6f5522caba7d2335db732314d6070600be6e1815284ac3647cf0097b3e5f0cc4f911a00dae5959316b02d809a4b3fbd4f9d5f7e81014583a14a85bc47a0f0a0e27a05f5ffa312a8d3e02ee83226c3155aeff1c1c9a5edd2c5c43013e3f592f3527050cbee1070fa1b25c2503a361d30e2faefa2898f094d0241cf2b138ddb60030a063920cae8c1bcc2ea4aff3631dd56ed57b8a8b5ecd21f34c369156b2ad06ab04c209f2f636a767d399adab2a01acd556c6661536566d863622bf030a02a9412ebda2050135b69a4cb0ec600a119567ec329cc845a60ef5839e6cc7ec2e80d4bb6381d701cc3ce576f3132c07ab2b4f2e6f2efd17fced514efd84ae243d612898d4dde0c7d3ae3c4599bb1759fd747aac2263cc66d4a4a543e81d3d17148834b0e15d8dc69a106e5469c7efe51f17a02eaacf857e7820c67054ed6a75321b62ecb3a04b39999f26feb88c8c72c19f037d2041066317881507f6a586d509499682d089957caba4ea8eb8844c3450c1d99c6414303bdbde07d0990b7413ac12c84c160f85b2fdbf231c7ecb7fede4ba78fb934a3feb2e2e48ec54accd50007d44dc0be40a4a557e1759cef8800f3e213ed1ecec5483eac4f9b1dcb76f7e66a06ae99ccf1f6a738bdfcf90d268f48a43cbb0a4dfbfe40f49051c68af988d48f71828436cc5a8406171c36976ab303d3f9d9030009c9c8b4d1f31407721838be3f1e964872c9e40d320e77bf206974b17710a5b1f25ccca4af0af3a7a8a24b3762bd7d47ad1d78216c24842ff72cb41c6b86e2ad08b69aff3dd4ffc7bdffe7273df1775e7fde2fed2e686e94734278373e13bb3f30ab64062974f937587016a90031e35bf9f1eab086406329ba5f812a9a8128aad7ef21f3f99a41405ffdd0fc17abd352c308ee561d299555bb2db03c1b703188dac2e8d5cf4d7bb5a5e616443723e55536e5a55e7e4a4ad3ec4b36ce88e281871c57013eb76916e8ce18933ec60d9f0ecf03f7f9363e060a755c0fc6addbcedbb0e378e302b54e14eea94b85b0ef82c5cc8903469b7105e7db889eaf68dea4af711d990bdba8d9ebb80333af37512b176eb2ee76c508986f080dc9aad2e8df6818741b839e29dea7d9a1d12eba6403aa82d71ebf51f5b23993918d4c3210369bf6f86622fe32ebc3b2dc38a4c2b70104c000c416717beadd62e95cd3acde4f2b3e5cc335f6f5cdd07da9abbbeea7297d4a0a3303a6e5f02f32d18a977bfdb27ad9a17f2130654ac5661cf5c41eab397c713ca01fd84d67705fdf7e1ac0ff61a8b28dfec27b50ae9517e1210e07cda58332af2dd60a7a218d09d09e2cceaec23354f57018432091555fa02ac8c46b8c93f6dc812452439f37bb8347910557c79ca18fa05f62c15db73b7d6b32d000ac7f68247cb59861595f7f6ecbe2de3a60315ff71e0c0dd172c45e76777d7733a094d9ea9ca58cc0ebb3ac0cf6167b0785a97b8a36821f608da17a502b1bc19e95b9b29dc30c8b1ddf27b11dd038ff4d715841e18f7e9c5b0398594d6d8bd7e8993ac4968dda0c6e23c33eeb6932c5833b4ea04dec7b508fa757d013b363edea7507c30cf483a9b54c078485e04c04c9c035b9580f9271ebc71e69ea654412d3f1947d135d633f900181156d13311992d13690765438a2acf9181d28e95fc2e180a69699f8f54a217aabcf9d3a704c60e7c124d24d2e811eec38c5238fa4c2624f972def8725eb2e67c8cb2a66b30a4c28cbf61120448d59c3ad9567d0481269be717959f704eb47b5aca7a22263bdc97e7d407c1963d4096358656bb3a0cadde84286a9fddce8b95614b5639669fc03bb512f80c04bc4f4e10ce5331b923dae3213654eb4d22f227e4b14bf1048b1c8830e1838e3ca6e2a251f32357a548ce16b85ecd603eed707165e86286c2464b500bdb88022c1c070af3fcb0b917d2ae0758dd042475e41babe1c614e282f5df7a15605b44d147ec4629c3d0801fa36cb0264dd3b9318301f4f01322823982c634c688b69adb78e8505406ddfc8418b1ab73f1d163bde5a75dddfd727cef8f351a14502a181b0384405bb4ff1738ecaa204873ba2caa09eef5d8e6211c3d8c8277c41ff1db2a73781e539c901ec1355b2ff538dfdb8c65831e0fe68e4f688b2c31cd9eb0ae4a6276120727382e9a3f3f265a7dbe6a97b0f40563f8eeca545a2f4a7db251ba0ae726a8ad1defda1d0d940f73b5b05693f0071b91d14d80561f0aae4995c1558aaa5490530d0fdf6b0ad07eae261cc3fe9fa374ae831ff593ff9aeb022e89e05e6ca27a170fad4c5a751f732cbd29418d698c84812fa8a1ebf5d7c0e74ea61a0c8928a98c6074d480f5b62b8b0ebb155722f957f29971196d95139070e3c2fd0cb0af57baef3c49d5cb2e1454493f60631266222a8ca2811d9bf22298d59a342a5afed402afd0f62a967598395a68460b149985cd8014f68464f893d2f98deda300c62db2f9059bcef928e261949526ded856bd17333b71a0a472cf6b315788a7c257cb19b7a01c34b8cc35006bdedb3965b1ccbaae5314d7722e077ebeb2853991cee779d756fccc727803b5e2cccc7bd86fa36bf8975b675d66c125b38b53997021bc69d106b84dd70cf05dfe340292779c77d7dc73b047c7926651d8cf573184897e984badf72c9c47ffa09863a6cdb6c6b2d78c746dfd2fbef9a0296119af7a97a4c5d4eb635a3c1044933afcb49e6cdde2093dbced9a9d462d0a5ad77ed1103c9ecc186057dd5e8fe12565f50bd077d36beac4b2e5112e6e2044f7a95bd0d3f95dbe4808bd9730ee8bca51ee4ea90c9649e3c46afe73a19dd106b2c7065993d3c39bae08f357d30ae0ac4ed7c4d036175c57c72d74fbdcb997777c8e2044ae6bb29b891ad899867cb3e66c7b1b3c1184f26d19bd38a555b1b998fb8fb55dd8251205a14edc6cc09c6c847056ef6800334dc3e0bbc20261a65e1586f6952fecd36dd41b0b1e3eab54f8675a8340de2813e3cdd7c06008b381ece062a63407d07649d2f6a088d1c6ea09750ab58f0b5a2d3a52a29151f01cb6ba6319779dafbb4e830074bb9d91d46f8dba06b0838dd20eca12e7039d110a15a7b69ae95590754de7b6825beea0393f7407dd7cfce7051e1a5021667ac01fd4910b23620967c834d758e99fae57770c566662dcd8aa9ece1dc5dd4a89d62bf22cd09e9c86fc7a9ea6205a3bc0c70709de9e60292e7d9262a53d29b16ae6440993a70447b463e75ab92b907142e443007495cb433618675f1eebc88e105e4ce384754402dfa0d11f5b8adf4c5d6fbd33d00f65d8f95930b10d55bff09e94783443cbcf4f0a750fa1942cc1e7322643b5f88feaa38a272467d0ddd90e11e80669531661c15ebc81b98095be0ad1ed3e77d99d157c5b8a2a94b671f10911c13bc23867c21c949d53d7ba14de8bb658ac86fb9a8b2ccef5212465fd2d079e50a672bf655c398b859459f113dfe822d265da697f34c875dd8295b683e0338691b3bf1fe9efa8de8146b90ec795ab4b3a8d12bcf5300d28c0013de8492dbf77fe655555be568e10bea67df5376da610610b38f844cd4b56d3b55b197ef36c63b2fdcbe0ba1066fcb2cb896860a302873312adbf1e46b02a59711155d7de62709592747efe216246077189c726f727e244e5f9380b84121fabab2c4536b7d81a72d82d578080a0560fd8b69e1044cf5e132653a0cfe0eefa816264aa30e81fb312f68649654cbe41981ac6107cd82f5a4c75a668ed531a3ecb6b32bee8e9a7f1b875e4fc023c1e7985c5f27d7b3b31ee90781e0177acc6b776e140213b1adb23a75a392dba3089f31636c10c9336ff9a772974f1ba22eb78e9e8cf15fd48f9d5e94f467e85f91819937fb6292ca1e63ffc01b7f87ecc284b7d68ef400f7c2fa3db75f750886f13817954ed913a1c80be2cb23687e565e220290ee17c711401db93eb606d64b8a3ca671c42049fde3e92ae7511c2ee7cee3f802c0cafbcc4eea00c908d3dc8c5cddeb5199d53f3bbb5ebf37fe4cfba7ebc02f708305a844a0ed12de039677ffc2ab3d71f521af793cde0ef7b9796631bf69001121b757a8dd082e1be5ee91457cc5ceca84afbec637825a9f7746368ee0ee18fe7a14348b78e4abcc9eaa35334c0c7271c7619a5703b97bd0b7108caea7d50e642a13916e823a92420539f57153633e139c49286b8c3b282c80175dd16d2ffc6f46ccd7c0b18483989e9358a8d9ace6fbd1e9281b504bf7d27497397daebd3bccfdc34893f4d70f89e379388e010f93e706ce698500207f154a05cab2d6976aaaed0c9c24cd13a27a7ed102f9301284a2f04ac422c7011feb941c55fae93d53581be4610ff975a6d979a3f430faa10c47740ea7c732d0871b4cc5c7672c0c5fb41520cc20772a33dc7f53c4f59c578e1e909c46612bde2edb00ab99f2d7949444271a5a926b64ee9c13e9018d0c856accd9084c6f82c1d4018a96c07294074c8efa83d14b725aa230abacb918fc8d8d1c70fcec32afa06b45c03d380c1c4b369628e681156c6b470e2a113d8d7d018188b70099c6cd2cd1c94a78ac18edfbd7db123f6337bbcc7ee543d5b68fa119a1e4ccb6f645b9001860d4aa55492ef8ca04633e35935a848861d4a37fc7344d833a3c2520b7825c1d3c7f068d3275c18f30a3efcffea88351efe7ad7af67aded2ef5f0edefefebc986a135406f36010001c7aa376d068aad6a5086a6c59c566ce830b028da3aa792d740ac42d8b366d4aa004aa35c93ba3ef619c7525bbf3470ea621a8a6fda69229737c118231121ebb925f0408d329ed46e774bcb804d6d050a2953a63fc117d4afc48b460d7cb0d220856f6fa91118b65920a0b41e4a405e2ae2722f2767433fe078875de8bf3348681efdb1fb6d3337714f1aea587f0e7f4c2905907dc87a13b8c901cc281f3a191d404035db5b7dfff575f1e9a099d7f8071c94fffdb4e79e06962a78b559033837dfcb7178f6df72333d5d6872f30f6049f31db9841391383d2939fc833e3a8eb9f46c4b84b4e9a08cb1d314d260600a2b81d4eb840db2b9b56aafef522f0a55873ba7e7f3a7f16391a1a3324f312c85d3cb3d8298bebbf3443d502e280b296c744f33a0c09a3555cebea371304fc67ecd6761a10058c8dc6017a9eb93aeaf374a78e1c0b2b3fd5f63fd27a2ad4913257293d379df8e868061817281b8b30e23b6edb1732f126b9bf314a5ca0c333c8ca1e59829ba66876f0a1e20f1105427dc0930f81ecf4e54a820e7331e1952103f68b944db196f57ed3114938040d0dcc4606067d419086d72160046eb3027705a60e4e2dd64cea88c9c3cf7e752bb635b10ed8e8a8646aaff7cf13719d9ede99938a8f8446e3f90cae7d4777255bbfc8b10f9de63ab42059e0c66ab3fbe60b0bd20d3a541fe474e5fdbce563b527a5cda5fcbce675eafe8d3c4fad4d9da36620c6ac8d568c73b73a38ab370c9ae2098893ae1fd3e0220b3d1d43272521860ec83f5cfeccb5a5ad6e37efedce889c1c8d3f18fa00bdd906aff20f41c883dcf2ba8f7abbda396c8ca894e3d665fa94b9016b8e0d8ed36071de13f3743c9d3a21b2116116f61cbd725be60d81979d5dba33dc43ac7f371be998a78ef32550d91d5c0eaee4b1bb186399860fef7dc08796dbf5fbc0e31f09ffbf46f09abc1220900fab4154cebeb46f01f0d8b010373978f86809b89edde9dba9147fccfd26d1bf320fb145f4dda8d16db9737e59fd8612be31fedf9fefe58a9eecd809aaf23126d1e74fa3a1f75b447f77dd6a0d8d0cdddcacdf90c3379af08d3171e271680874c7e1ca0c33cd92169e4e0ca90c8cf36b22c3320bac4d0d36efcb88cfb5e571a82107df05da8a1a5912dc1878c7c6d8b1664b4b1a62003d8ef0f3153684bc2d925f9353bceb396e71a2fbe380c4588cec2ce5d3bdd61dd3e3426d1a09ea00a7f1318e88b3adbeb760bb78f4141c0966aeac43d852d1dedc7504079de530c247a3b39e129469735e3887853720d9fef44efbce0ae8a81ad4b22500f9985429bcf61fa55304af3a8f2fcd2ae37174c0e04ccdb2e2bc319eaa18e8d8a80a530bc492d3d5bbd18ef1cde901b1d2dfd8f639da0e29a86d853e93ceaf8ab14212745162632b426cc9eaaaaaea2cec46cb8d4e32c1ebf0f59fd9f39ceace2d03a83304a36ecdae580ef3f0b8c206d75a66abf2b580e69190784ae5f98418b72fd2f9a7ac7b968bee0f1a1acd9e73577d007ecfab913a2971be9959e5ae531b650a48b7218d5c8ba1c22ac56c00d488404c49287bcd9d213b5854c23e4656fa3a2ae6eac45c6ea76607978c022d378b0b4ae194238650ba115962b87d4b8228136f142af40050301a535a7e26ba0ce340590d97532357e1a8b85b7674b32d9f5cbbffe467db8af9327fdc69bcc0a497cadda76cb19a9fb7412dbc9a296b41f3668f890f466b7d74c52525472fe2667e59c991fbf0c53ec5984ea2b9798af9227743013a34da8c00ab74527bec89530e0c37eb01b157c3d5d575b9d45900411f9a3ef2ac4039e551391a7faa99af38c900950ddab28de7a3b71f8a74c6bac7c267145617c813bba8e483ee3a6b4ecb8a788d5e8c6a1ed3c615bf9f35e606413acdac06b11f36b6842b466e177f2c32a6985794c782d7d22edccc8c4af0dd59d8b15103bb7cfb713fd989ec677b6462d8cd8c7e6e78afb47f6b381b0dcb291730726ad5625b8d5be693b97ea107464592c01d4783878eaef540c1ba2dd2d149976232eacf2623ee32da414b5835a721c53ccbcd736776674b6df22a6641fde759aa8cc734f72b02730ec44f52f7bb66fffc9b54fc67ee096d61c846fe290f49477fd773ca99dc5ab48c125113ba19b2b25883f90229d1b2539d2866e152c614ec4f35f5820548d20f850ffaad24d3d9c977620e491a7af2125bb7e9ad9d928d079744f6d77765744683c78b5cbe89a105d23ad03a46a5b2e317ce845e22e984cc6c3723cb87511c0d661fd1ab271767dc2506995a5e2eac17ba3c77862fd599408f2c0647d3be16b00c1c6f11fce8bdc155802676d89a75fe2fc9d1cc043f84079b8108bfe3f50c0d0b350a044f8b89fd12c59ab9672dad60d200db30182a982bb7a677e9c0156068206b15f399196030055f4d09a27c8faa926ac902555c8e1def64300299ba902489821a3c238da9aca972f3b3208fee0458e70e60147e62cdb204565a6588b64adc332b15f0d38beb11897b44ec51d7aa30f4a636820c688b903287cb506f3c0571f820e836b0b1302bb10a17cc4614a3255e9ee92b5cd84c6581854140897885eca888c490d437c4b342f0a5bf7a3e4cd8a79153da6a96c66cc0c09750514f4562b8ee4516db310fe2ce7ba1316a348e4997b00a376e96a884b60c51b6926304ad5a8ba9fa5ceb0b20aeeef8bb46223b8319c41d9e5e5b28de8b100d80e10d85b8a5fa741e93a2aa6362c82897901b0553b7825a1245a3516907118225a32934fa6298e4c382fc2dfd13efaa58abcab735f86142062bc414009b2acf4de8493a75656c88dc2040548505b7d41ca590003b0a63e3bf5a923ec417030183b3b63c8c3442696d3784272ca94a52cc5cbdc8bed28c59531ba59121cb2adac1e4214800d8171252f01b6fbf6568caa2494fc34c5f167a6ab804940717381b559099d451220d408acd4315bbf44a333d4f8d58e32f4ca062d37524ca3ab1b4d5c4902c666e2a299be49253b402bc580a25b363db2de7324fe73c4e872f6dd0288d006bed439f9905bb108b9c5beaf0cfb0626c9535c7b252771dd2b507e2afeaab5e511cb5517c8fb98c60e7b2cf94023d80dc9e754fdee837bdf3178e21a87436ae509cc1f2f179177610e8c1b2227e475f73725234f14710d56eef90f41ebd4e0e62fee1753295aaece2a90632cebb74d3044e281cb4de20f4a81deb07b296d60c36c38ec5a851e9b74a16cd039089ca993e8447d20fcfce0f68cd4e0e0af0b8b1831178d992cb919986c43e68efd3089b8479791989a2205f18ccfca6178289acb9a4c59044b5fe2a4f6704df23388fbea270e030704642d0582bab550e97c0618b5f0e24ea7e19276aebd5450046c45f6357a2ac6be32d8d17796f2c866b584e2f5a1413dfaf9ae99f7b90922fcddc59be370e2e281c3949409fe4e0d6acb6baa666acd15db2ad8e869906ab80c45f5f55bc9fb1f666079287127f4d9a969f38625a2e11b42e1026bc728a2b10c1451f76b006c6e6e1af057c1f55a0147995c9a2a889716ecca066c035a43d912ae3a90a0476317bce3a228fa875544237142ba125a20a928c7baa7483ad426455fa1d8b783d9d854e1e956a0ffa5e2182f4cdca644264f6d2f0171dee0f6c65f788f58cf961b919572aa2e484792e9fd75ebb6bae97234b5112410d8c06bb370d655c3d202181091e7208170e6e6beafa8f4f9c92eeb53058390e28e654415de09cb3e6dbcba028a433a7b835079dfb8088dc1cce33c6aa23cae0ea5fd74db210ac91bb35b6ad90c3b981eeae065a81d8cfa28d304fcd7cd9abfec5abdffa4047ab79a7f03b3dd47e7b6af15789087296cdab957b351918f02f50263cb738a4a1944e04df0aac5281dafae872173e85a7283cec31ea3c6efc546aa8fa1fbdb1b0c176f6d9ecae7df142be620f77f0f2c6260196afe18f7fd3c6548d9d189a85d42736f7c943d58f6a073dca7bd4a22ac96de4be119c84ced4482a2e4b5e235c3c066313c1464ba0d54a7772d243edec3b2e1f4e30932e1b67aed8bdbff25bbc8f2c0b8cb36fe88cb8df5513dec9ed2bd70fc763beaf930e30aa757075b8f1ea059df8bc9cee16087b7a65741c227f614fba2ad882ee462dc2a7f6c49e161953ebd030530f8f58f34fd55b67a0e3c0a054627fa6e44ab3d9956e0122d48cd8b2d92137674646d9463a0f52211356b945a8f79fd723ff5efbe9680fb0ceed7fe384c64a61bd8aff54ea73e3b1952ce13d5bad027857eee43b852e50fd8280d9d3a38c5552b6d7aa414db38f30debcc2bfb0fbe38fdafd665272ef5ddb4c1511ccfd4a61df1200b67c9e8e6353c3d699f8029b79e5506e903ace3b79bbcfb7ff4433dfcd6d6e176a3bdc8271cfe6e06214c939f5e75563617803110463d788da54ed3327c8eed1f40f68bf22df765dd76e5ed8ce0880bae7a6d0dc023067cc6c347d51a62281a3dcc36ccdd63e5226004256ee5a3f231723cdeae3b2031d67efac8c5c89db5724b1b8f29e4d0d5876c4afc1b7588e1892dd2ee2af2384334b1c20f7e1d5fa58bcda04e9b6300a0433f9133299f13233506bc3b1056471957c3793d0aa21c38127c5e4448dce7599ea138681abd3627ded8653d2b96695c2f3b077ec181221b8b1bad83c9514db8ea7eec1e428a37fb379585df21bcd2ca69fd3dd6954299087666c4786a6f772cc98dd9038f39734f39a06c44942d801fa820781d1ca898c64977db7e721b5efd95fd2e5236a9cfad8775cc38c630abab6393c94da7b1f62cbf66fb3fe42c0f766ef71e0738e1bc3eff14ed67b3f97d95a535346a6a5b3301986c047b01b73494bc60a943b0332be6b02b49b9dc0390ffc3a9c3ba59c783bfa0b305f72cb7589b4c59c2c88df93440adfad6101b5bbbde89ead4f3cfa5559aeb5b950fbaa3295a633637cae968130f4bea514ff840ef7cf21634777cbe7c40cd4625f558e2ab5317714566c03246423f5484bb4dfeed07368acb2ae0273bd98c7a892b900f97af4c88e960f2b7ced1b9c09e9b755f30cfc24c7107d4f911169dc9d9ec66e7324aa560925e2de66cae4e93f477008b73a1762c5989c545420f2390f669e35b48966bbddb4d2c6ba7280cd02c12cd26eff6212523376a6191d94f1473e82a0bd540c6e6660452fd0b40bbeeee880f30d6bb1197bb4acb8426479f12ecf8d2f6bd46702eb2f6d724fa87154f5b48ded128c0328e568910fc573942dd18400f6a74e7a2ca7a7739c43b923bd51e2c962ccaa668f02c4d23769f6523fdfbceafba5d988152bb7bb3d80c099a03c04ab7240814f9594a8ec302f5fe1e41ea17ab9427a179b9cd9e839769ad3743b48f810fdb2e11983c74856d21ca701333715e86d59133bc0a46bc0dc02fa5ca9dc88eec65ef0313a872d07a5bcf145bdac99b11a96462bd9ac25646e90c8fc7342f4957116fb21bc0605c97b0fd46f1282991dbc436f0e09c9ada3b6aa6d2fb84e88a33f33563b235df464aefb2508918335035322113c15d861026ed57adab5286625d5fda5d3f2a5980b7ff79ff0575ace4577c8fec701a74190db6ca90629afdcad8067bf2d117d0b0c2e09f0d3fc4a713e2e9363626ed7a63aa0666e05952145512bcd69824092480b47aad4aa1678baebd850049f9dcc4ce375a64f19ba0a480e75ff22f5dea9f7553de3845701dd16b2bfb4f805105f3bb0f425e8927b5b71eacf48f3049fcd9ad9e817e80ca32060b65dd3300193470fe5d9c5c80b312a663b03cb4f18af01a6b051d947ae0b109a58f53171476c06b38124f9899227a1c465f1843573a4e577be651a0c8d7966877d4145980b17a4403384961718a40242a8226163f4d40fdb68601601e4ef3c4725b2c09628ec4e8f48a4c9e523a299261ee8e673d1a4318873e78970916a0e9491893f491dbb167182c068aea7a2135ba15b44c326a38f885f836df10e548a7f0145a13b63a4d3d99d2d77bec6dd6b26713456877891a8ebece27ad250c8b9508c785f6076de5c147451783d8da579b2cd6bc8322125c4feedd2d4425344842fb89e63b2eab31db2b1c539e2377deb6662b1ab9d575be778e5e33e6a0587cf42441e05b9629c64b5b72a37dd9317f129cd17122b3bb7b267be39cfed0bf0a3d21991f5837ead602e657c7db1aa18171dc999d36e2ec922cd51e9fe98941978838c52a514731850d0bfa38e70fb31b1314893160a6d1ca54ddbd47f8ed1fe316e14ce17d80c95d7f8c9ad66bd165c9f979e0df521fdc5f93c5e50f776da8757e726b3288bfbd53f57bd50fa66bac587dee2', 'sha384-trPsJ7IAQDMrL2wuKjscT3/3eoom4TTpMUcxktmXn9zAvbna3Dv3dJq5nepwwisU', 1796055791663);
INSERT INTO public.sdk_file VALUES ('release.848b62a211.js', 'text/javascript; charset=utf-8', '\x636f6e737420653d2f5e28746578745c2f28706c61696e7c726f636b65747363726970747c7068617374297c726f636b65746c617a796c6f61647363726970747c6c69746573706565645c2f6a6176617363726970747c706d64656c617965647363726970747c6a6176617363726970745c2f626c6f636b65647c6e6974726f7061636b5c2f696e6c696e6573637269707429242f2c743d2f5e5b5c64612d665d7b382c7d2d283f3d247c6d6f64756c65247c28746578747c6170706c69636174696f6e295c2f292f2c6e3d5b60646174612d726f636b65742d74797065602c60646174612d706572666d6174746572732d74797065602c60646174612d77706d6574656f722d74797065602c60646174612d70686173742d6f726967696e616c2d74797065602c60646174612d74797065605d2c723d5b60646174612d73616d7479636b652d737263602c60646174612d726f636b65742d737263602c60646174612d726f636b6574737263602c60646174612d706d64656c61796564736372697074602c60646174612d77706d6574656f722d737263602c60646174612d70686173742d6f726967696e616c2d737263602c60646174612d737263605d2c693d2f5e247c5e286d6f64756c657c696d706f72746d61707c73706563756c6174696f6e72756c657329247c5e28746578747c6170706c69636174696f6e295c2f28782d293f286a6176617c65636d617c6a7c6c6976652973637269707428315c2e5c64293f242f692c613d2f7363726970747c64656c61797c6c617a797c64656665727c626c6f636b65642f692c6f3d6e6577205765616b5365743b66756e6374696f6e20732872297b6c657420693d722e747970652e7472696d28292e7265706c61636528742c6060293b69662821652e746573742869292972657475726e20693b6c657420613d7528722c6e293f3f60603b72657475726e20613d3d3d606c617a79603f60603a617d66756e6374696f6e20632874297b6c6574206e3d652e7465737428742e747970652e7472696d2829297c7c742e646174617365742e747970653d3d3d606c617a79603b72657475726e20742e676574417474726962757465286073726360293f3f286e26267528742c72297c7c6e756c6c297d66756e6374696f6e206c28652c743d2131297b6c6574206e3d732865293b72657475726e21742626652e747970653d3d3d60746578742f706c61696e603f21313a692e74657374286e293f21303a2828747c7c612e74657374286e29292626216f2e6861732865292626286f2e6164642865292c636f6e736f6c652e7761726e286073616d7479636b653a206120736372697074207374617973206f66662c20626563617573652069747320747970652022247b6e7d22206973206e6f74206b6e6f776e2e602c6529292c2131297d66756e6374696f6e207528652c74297b72657475726e20742e6d617028743d3e652e676574417474726962757465287429292e66696e6428653d3e65213d3d6e756c6c293f3f6e756c6c7d636f6e737420643d6e6577204d61702c663d5b5d2c703d7b77726974653a28652c74293d3e766f696420642e73657428652c642e6765742865292b742e6a6f696e28606029292c77726974656c6e3a28652c74293d3e766f696420642e73657428652c60247b642e6765742865297d247b742e6a6f696e286060297d5c6e60292c6f70656e3a28293d3e646f63756d656e742c636c6f73653a28293d3e7b7d7d3b66756e6374696f6e206d2865297b69662821642e73697a6529666f72286c65745b652c745d6f66204f626a6563742e656e7472696573287029296828652c74293b72657475726e20642e73657428652c6060292c28293d3e7b6c657420743d642e6765742865293f3f60603b696628642e64656c6574652865292c21642e73697a6529666f72286c65742065206f6620662e73706c696365283029296528293b72657475726e20747d7d66756e6374696f6e206828652c74297b6c6574206e3d646f63756d656e742c723d4f626a6563742e6765744f776e50726f706572747944657363726970746f72286e2c65292c693d6e5b655d3b69662821697c7c72262621722e636f6e666967757261626c652972657475726e3b6c657420613d282e2e2e65293d3e7b6c6574206e3d646f63756d656e742e63757272656e745363726970743b72657475726e206e2626642e686173286e293f74286e2c65293a692e6170706c7928646f63756d656e742c65297d3b4f626a6563742e646566696e6550726f7065727479286e2c652c7b76616c75653a612c636f6e666967757261626c653a21302c7772697461626c653a21307d292c662e707573682828293d3e7b6e5b655d3d3d3d61262628723f4f626a6563742e646566696e6550726f7065727479286e2c652c72293a64656c657465206e5b655d297d297d66756e6374696f6e206728652c74297b7472797b6c657420743d646f63756d656e742e637265617465456c656d656e74286074656d706c61746560293b72657475726e20742e696e6e657248544d4c3d652c742e636f6e74656e747d63617463687b636f6e736f6c652e7761726e286073616d7479636b653a20776861742061207363726970742077726f7465206973206c656674206f75742c20626563617573652054727573746564205479706573207265667573652069742e602c74293b72657475726e7d7d6173796e632066756e6374696f6e205f2865297b6c657420743d61776169742050726f6d6973652e616c6c28652e6d617028653d3e6228652e7363726970742929292c6e3d5b5d3b666f72286c65745b722c695d6f6620652e656e74726965732829297b6c657420653d6328692e736372697074292c613d745b725d2626653d3d3d692e7363726970742e676574417474726962757465286073726360293f692e7363726970743a617761697420696d706f727428222e2f72656275696c642e616461363463646636662e6a7322292e7468656e28287b72656275696c643a747d293d3e7428692e7363726970742c65292c79293b696628216129636f6e74696e75653b6c6574206f3d7328692e736372697074292c6c3d21612e686173417474726962757465286073726360293b6966286c26266f213d3d606d6f64756c656026262861776169742050726f6d6973652e616c6c286e292c6e3d5b5d292c21692e69735374696c6c416c6c6f776564282929636f6e74696e75653b6c657420753d21612e68617341747472696275746528606173796e6360293b75262628612e6173796e633d2131292c6f3f612e747970653d6f3a612e72656d6f766541747472696275746528607479706560293b6c657420643d7526266f213d3d606d6f64756c65603f6d2861293a28293d3e60603b692e706c6163652861293b6c657420663d6c7c7c21612e6973436f6e6e65637465643f766f696420303a762861292c703d6173796e6328293d3e7b617761697420663b6c657420653d6428292c743d6526266728652c61293b7426266177616974205f28692e7772697474656e28742c6129297d3b6c3f6177616974207028293a7526266e2e7075736828702829297d61776169742050726f6d6973652e616c6c286e297d66756e6374696f6e20762865297b72657475726e206e65772050726f6d69736528743d3e7b666f72286c6574206e206f665b606c6f6164602c606572726f72605d29652e6164644576656e744c697374656e6572286e2c74297d297d66756e6374696f6e207928297b7d66756e6374696f6e20622865297b72657475726e206e65772050726f6d69736528743d3e7b6c6574206e3d646f63756d656e742e637265617465456c656d656e74286073616d7479636b652d70726f626560292c723d652e636c6f6e654e6f646528292c693d653d3e7b6e2e72656d6f766528292c742865297d3b722e72656d6f766541747472696275746528607479706560292c722e72656d6f7665417474726962757465286073726360292c722e746f67676c65417474726962757465286073726360292c722e6f6e6572726f723d28293d3e69282130292c73657454696d656f757428692c3130302c2131292c6e2e617474616368536861646f77287b6d6f64653a60636c6f736564607d292e617070656e642872292c646f63756d656e742e686561642e617070656e64286e297d297d636f6e737420783d6e6577205765616b5365743b66756e6374696f6e205328652c742c6e297b6c657420723d5b5d3b666f72286c65742069206f662065297b69662821692e6f6e7c7c692e756e646f29636f6e74696e75653b6c65747b656c656d656e743a652c776f7264733a617d3d692c6f3d5b5d2c733d653d3e652e66696c74657228653d3e7728652e656c656d656e742c6e2e6e6f6e636529292e6d617028653d3e5428652c612c742c7329292c633d28293d3e7b7d3b7472797b432865293f6f2e70757368282e2e2e73286c28652c2130293f5b4528652c69295d3a5b5d29293a633d4f28652c653d3e6f2e70757368282e2e2e7328652929297d63617463682874297b636f6e736f6c652e7761726e286073616d7479636b653a602c652c74297d722e70757368282e2e2e6f292c692e756e646f3d28293d3e7b692e756e646f3d766f696420302c6328297d7d722e6c656e67746826265f2872297d66756e6374696f6e20432865297b72657475726e20652e6c6f63616c4e616d653d3d3d60736372697074607d66756e6374696f6e207728652c74297b6c6574206e3d21747c7c652e6e6f6e63653d3d3d743b72657475726e206e7c7c636f6e736f6c652e7761726e286073616d7479636b653a20612073637269707420737461797320626c6f636b65642c206265636175736520697420646f6573206e6f74206861766520746865206e6f6e6365206f662074686520706167652e602c65292c6e7d66756e6374696f6e2054287b656c656d656e743a652c69735374696c6c416c6c6f7765643a742c706c6163653a6e2c77726974653a727d2c692c612c6f297b72657475726e7b7363726970743a652c69735374696c6c416c6c6f7765643a742c706c6163652874297b6966286e2874292c742e6973436f6e6e6563746564297b782e6164642865292e6164642874293b666f72286c65742065206f66206929612e6164642865297d7d2c7772697474656e28652c74297b6c6574206e3d5b5d2c693d4428652c653d3e6e2e70757368282e2e2e6529293b72657475726e20742e6973436f6e6e656374656426267228692c74292c6f286e297d7d7d66756e6374696f6e204528652c74297b72657475726e7b656c656d656e743a652c69735374696c6c416c6c6f7765643a28293d3e742e6f6e262621782e6861732865292c706c6163653a743d3e652e61667465722874292c77726974653a28652c74293d3e742e6166746572282e2e2e65297d7d66756e6374696f6e204428652c74297b6c6574206e3d6e6577204d61703b666f72286c65742074206f6620652e717565727953656c6563746f72416c6c28607363726970746029297b696628782e6861732874297c7c216c28742929636f6e74696e75653b6c657420653d646f63756d656e742e637265617465436f6d6d656e74286060293b742e7265706c616365576974682865292c6e2e73657428652c74297d6c657420723d5b2e2e2e652e6368696c644e6f6465735d3b72657475726e2074285b2e2e2e6e5d2e6d617028285b652c745d293d3e287b656c656d656e743a742c69735374696c6c416c6c6f7765643a28293d3e21302c706c6163652874297b6c6574206e3d722e696e6465784f662865293b6e3e3d30262628725b6e5d3d74292c652e7265706c616365576974682874297d2c777269746528652c74297b6c6574206e3d722e696e6465784f662874293b6e3e3d302626722e73706c696365286e2b312c302c2e2e2e65292c742e6166746572282e2e2e65297d7d2929292c727d66756e6374696f6e204f28652c74297b6c65747b636f6e74656e743a6e7d3d652c723d44286e2c74293b72657475726e20652e6166746572286e292c28293d3e6e2e617070656e64282e2e2e722e66696c74657228653d3e652e706172656e744e6f646529297d6578706f72747b532061732072656c656173657d3b', '\x1b8111408cc2b679f316db756d918d24e5f736cdd3156d1d6d01521ad9528f49bfb9490b9f8df2f0c86f1857644b4dad6af362071e53fef60e2336cd77d6014a54ccb6b9ffb7663a0209ad73d52affcfdf7d039bf42d842787db03a0d9246252209657c728afceb74ad6c49c75d8f26f13932c8f2080edc7ea3df79a41c594424be31e359e487445d08d56c8b44c46a4b6af835e0a1dd92c15b49d35ee65a9d361aba0a98ff188c63d2db428ed962a91c1e1b8870516e5e0f6adb85015d3d1b8195dcebabfcfdc7fd2edf55baa48705449b5530d3e610785ed5db0464e28d9455cb668e8d8333e146921960c79e1fd308722ca0deb9bbe84453210bb2a1da5b089f368aedb7b7c793ed51722a0463ff35f35fe54a70722d77e9861d8f1898e41c5f4284d893d219244b4cced0411c48ab0f16af16e116d3e91a98536a53299fbb4aa685196b6f5f46690c60df2d17b945ec53f99c8170909a98eb885a4364d459b8ce2b2de0cf7d81fe857ec7dbc77c15f57340b92c44638f722192b98234ae7f45268a07f7400e4d60f6dd2af7a2d5dc8c8b7cee9af49af6b0d09e1aef740e5a3c0c3b56bc4cab041cb9d444d9ab818f608717272f36ed053eb211cb77f867c4b6cb674a5a0263d69d94277750eaacc9b92e3de81fce6ccc50c254123c842ca8eba9c206c02855f65645336445aabeff721d88989e9dfa82774b4509f9f361e35e9ea7c3d122607425d657e9141d045fbf4599cb51753b76106874f1f1c0d1c2f4fe19cf15e4f51d073dd05009a37156a5be6f0c79097988f16a4ba299c292a70924138024bcf1257fc7cfb83daab16d920e293dffce2a2d568c28586c327c2027cf5bdbacd4dea8b12d85c2609f8d0131e32e59c05135cb8e36bc51d0df7abe26db82e8a010f413d375b91555ffbca0ba5873daffadb073c7be70e009f68f6a7e27776b617ea8a8e40edf6b345afe84bfd31b20016e450fb1acf92b3cc1d2010a96843c802b455f3f5f1b81ec0b20a199e2ec536f592b9075402c52d18ad6817563461ccad582822128aacfc58f3cca0e6e6247e1185980083f81b9d94bd38d42a6646d24aa05b5e48e2e83245799ea33ec9e2bcdcd63013e95039c2660d54471859cb0b9a70ce4b5c3a6320da2bb39b4d9022e0609aaea93c692a55a64400758d06d89a6c6434d4e7754a1a9991e4bccb8266c01d929c8d8079c76b594fdb56abcb22a69dd9b45cbb98cb2c725dbc644e697b5f2735c828d86a4350f1a81fd015bc2a5e556083bfe2fce26a43ca525a293e2b77c80bf63148e3d6a765e6a126c20fddd0d73070ca6f3a820cb7201e3b92a5f501ab999db488ef17860cc0ae6c8eb350ed2159815e71577776025dab7f6d7de904ab8a1e669b96d0412aa4acfaf84ffdd47f7c5f37edc736ff7f3e40d205986888b0b6d280fa97b201c46a6b24b21e7e18c2f5eaa89ec2e14ec6a3b11a4598765b67169fa5a1b97c80b313e29562be2c054d48e13cff357df5f58e634b3ec1b22c6814788b65e6327583551865cc2313a063e387c7cd74101638e47a9d464b2a7bf25c426b812251c95e2a1ffd1badba5a8d4fe13c6bbdbc55915bcb66e51e5c880694175655d9a63c18d4b8a50a66af0e7ab46a1645cf287cb744b8864d23da2effdfb670db2ccd580853dd1742f0cf14b096956b43c00e504cb024e93fddd7cafec839942547e7afdedf752873d45dcb54e1bd6bebf6affb645fcac272ea936dd785fbf9e1145fe0401152bd898c73a0087a5340db50b301e384ebb2939276b4196622101fccc53f120d698bebb6da77e9a6045df728f0d82d0047e7e3b46a30f655e013c3e1872937eca15d60a07c8c04ac300c073821312360984f62e3a8893fbf43b2e0dba21d8a5978ba3043f9cf21c55daa212d774d94096ff86c9202f020c416f9d092d1f48b9e91aa7cfb48525df1dd91127ce58213efb986859a12ff71b99dca1e602d932d5a452d1e4daa8a18fc2ff23cefbd73d094c8a3670203ba6634019a5a3f08846e228f028086be2952dc8bee0258cb9c529623585746087531395bc9da6dc4690cd2d327362301a9fd084b893db2c14583f4b5868ebf11bb616ddaa78cd60aa64074c3cc5e8e5a7d3f72c88d559b24275a4011e07ac07e22a3277816f976f65f6ad32adab054298f232d64ba74bb2418e8192b2d079aea4c1a90c2e919ec0aaa0ed3f66fe3eae20f39050adba003461174047595c93e405b39e8a9fdbb7739c076278bfbc88989072a18e5c3f4b53a9e59aa3af900a8d8714971776266e3ab1367d05dc6c174a863d2ed5597104699596ac3534dc87176abdfa6127b3494f9b32df863f75d476892602823e3a5143599ced5621d177af0f0639ca7de691d1883930b094820c7562b421f00c5b8b743a01d73fd84a7c20303eee45792e37c15d447cf09956fb9e7120954674b5663b01868b9af2fd7ee85dfdce90282be50d1f8362e66065d9a169f7a097ffc63498e1f8ffc7f0a00a515ba7f788353f7b715870a454fc46ebfd3ba8a1fde4ecb42beb6e839bb8c04d216b115cc99e14fe6cf2b89f0f72d', 'sha384-/ElM5u3SUls009CGBISMnVpvO8C5fwtXR7N+IF/d4WmgwOz0lGDyf2iYrTVj3/+d', 1796055791663);
INSERT INTO public.sdk_file VALUES ('settings.994e7c3622.js', 'text/javascript; charset=utf-8', '\x696d706f72747b7520617320657d66726f6d222e2f62616e6e65722e373439626165376338342e6a73223b66756e6374696f6e207428742c6e2c7b656c3a722c6e616d653a692c6578636c756465643a617d297b6c65747b776f7264733a6f2c746578743a732c6c616e67756167653a637d3d742e646f63756d656e742c7b6163636570743a6c2c7265667573653a757d3d732e6c6162656c732c643d6e657720496e746c2e4c697374466f726d61742863292c663d28652c74293d3e7b6c6574206e3d7b6163636570743a6c2c7265667573653a752c707572706f7365733a642e666f726d617428742e6d617028287b61626f75743a657d293d3e652e7469746c6529297d3b72657475726e2072286070602c653f2e7265706c616365282f5c7b285c772b295c7d2f672c28652c74293d3e6e5b745d29297d2c703d6128742c6e292c6d3d742e61736b656428292c683d6d2e6c656e6774683e303f6e2e66696c74657228287b707572706f73653a6e7d293d3e65286e292e736f6d6528653d3e742e63686f73656e2865292626216d2e696e636c7564657328652929293a5b5d2c673d742e6368616e67657328293f2e707572706f7365733f3f5b5d2c5f3d6e2e666c61744d617028287b707572706f73653a652c61626f75743a747d293d3e672e66696c74657228287b69643a747d293d3e743d3d3d652e6964292e6d617028653d3e7628742e7469746c652c652929293b72657475726e5b742e677063262672286070602c6f2e677063292c702e6c656e6774683e30262666286f2e6770635f6c6566745f6f75742c70292c5f2e6c656e6774683e3026265b7228606833602c6f2e6368616e676564292c722860756c602c5f295d2c682e6c656e6774683e30262666286f2e74616b65735f6261636b2c68295d3b66756e6374696f6e207628652c7b6b696e643a742c61646465643a6e2c72656d6f7665643a617d297b72657475726e207228606c69602c5b692865292c743d3d3d606e6577602626602028247b6f2e6368616e6765645f6e65777d29602c6e2e6d617028653d3e5b7228606272602c5b5d292c602b20602c692865295d292c612e6d617028653d3e5b7228606272602c5b5d292c60e2889220602c692865295d295d297d7d66756e6374696f6e206e28652c742c7b656c3a6e2c627574746f6e3a722c726f6f74456c656d656e743a697d2c612c6f297b6c65747b6c6162656c733a737d3d652e646f63756d656e742e746578742c7b776f7264733a637d3d652e646f63756d656e742c6c3d6928652c60646976602c60636f6e74726f6c602c5b5d2c7b726f6c653a60726567696f6e602c22617269612d6c6162656c223a732e72656f70656e7d292c753d60602c643d303b66756e6374696f6e20662869297b6c657420613d652e6f7074696f6e732e636f6e74726f6c3d3d3d606e6f6e65607c7c2121646f63756d656e742e717565727953656c6563746f7228605b646174612d73616d7479636b652d616374696f6e3d73657474696e67735d3a6e6f74282e73616d7479636b65202a2960292c643d21612626742e736f6d6528287b707572706f73653a747d293d3e652e63686f73656e28742e696429292c663d652e6770632626742e736f6d6528287b707572706f73653a657d293d3e652e677063292c703d646f63756d656e742e717565727953656c6563746f72416c6c28605b646174612d73616d7479636b652d6770635d60293b666f72286c65742065206f66207029652e74657874436f6e74656e743d663f632e6770635f73686f72743a60603b6c6574206d3d5b66262621702e6c656e67746826266e28607370616e602c632e6770635f73686f7274292c2161262672286073657474696e6773602c732e72656f70656e292c6426267228607769746864726177602c732e726566757365295d2e66696c74657228426f6f6c65616e292c683d60247b617d20247b647d20247b66262621702e6c656e6774687d603b6966286728292c697c7c68213d3d75297b6c657420653d6c2e636f6e7461696e7328646f63756d656e742e616374697665456c656d656e74293b6c2e7265706c6163654368696c6472656e282e2e2e6d293b666f72286c65742065206f66206c2e717565727953656c6563746f72416c6c2860627574746f6e602929652e6f6e636c69636b3d6f3b6526266c2e717565727953656c6563746f722860627574746f6e60293f2e666f63757328292c753d687d72657475726e206d2e6c656e6774683e307d66756e6374696f6e207028297b6c65747b6c6566743a652c746f703a742c72696768743a6e2c626f74746f6d3a727d3d6c2e676574426f756e64696e67436c69656e745265637428292c693d646f63756d656e742e616374697665456c656d656e743b69662869262669213d3d646f63756d656e742e626f64792626216c2e636f6e7461696e73286929297b6c657420613d692e676574426f756e64696e67436c69656e745265637428293b696628612e6c6566743c6e2626612e72696768743e652626612e746f703c722626612e626f74746f6d3e742972657475726e21307d6c65747b7363726f6c6c546f703a612c7363726f6c6c4865696768743a6f2c636c69656e744865696768743a737d3d646f63756d656e742e7363726f6c6c696e67456c656d656e743f3f646f63756d656e742e646f63756d656e74456c656d656e743b72657475726e20613e312626612b733c6f2d313f21313a5b2e30322c2e32352c2e352c2e37352c2e39385d2e736f6d6528693d3e5b2e312c2e352c2e395d2e736f6d6528613d3e646f63756d656e742e656c656d656e747346726f6d506f696e7428652b286e2d65292a692c742b28722d74292a61292e736f6d6528653d3e216c2e636f6e7461696e732865292626652e636c6f736573742860615b687265665d2c627574746f6e2c696e7075742c73656c6563742c74657874617265612c73756d6d6172792c696672616d652c5b746162696e6465785d60293f2e6d61746368657328603a6e6f7428626f64792c68746d6c2960292929297d66756e6374696f6e206d28297b666f72286c657420653d303b653c343b652b3d31296966286c2e646174617365742e636f726e65723d60247b28642b652925347d602c21702829297b643d28642b652925343b72657475726e7d6c2e646174617365742e636f726e65723d60247b647d607d6c657420683d21313b66756e6374696f6e206728297b687c7c28683d21302c72657175657374416e696d6174696f6e4672616d652828293d3e7b683d21312c6c2e676574436c69656e74526563747328292e6c656e6774683e3026266d28297d29297d666f72286c65742065206f665b607363726f6c6c602c60726573697a65602c60666f637573696e605d296164644576656e744c697374656e657228652c672c7b7369676e616c3a612c706173736976653a21302c636170747572653a21307d293b72657475726e7b656c656d656e743a6c2c647261773a667d7d66756e6374696f6e20722865297b6c657420743d653f676574436f6d70757465645374796c652865292e6261636b67726f756e64436f6c6f723a606e6f6e65603b72657475726e2f612e2b20305c29242f2e746573742874293f7228652e706172656e74456c656d656e74293a747d66756e6374696f6e20692865297b72657475726e5b2e2e2e652e717565727953656c6563746f72416c6c28602e73616d7479636b652d666f6f7420627574746f6e60295d2e6d617028653d3e7b6c65747b636f6c6f723a742c666f6e7453697a653a6e2c666f6e745765696768743a697d3d676574436f6d70757465645374796c652865293b72657475726e7b616374696f6e3a652e646174617365742e73616d7479636b65416374696f6e2c6261636b67726f756e643a722865292c626568696e643a7228652e706172656e74456c656d656e74292c636f6c6f75723a742c656c656d656e743a652e6c6f63616c4e616d652c666f6e745f73697a653a6e2c666f6e745f7765696768743a692c6865696768743a652e6f66667365744865696768742c77696474683a652e6f666673657457696474687d7d297d66756e6374696f6e206128652c742c7b646f63756d656e743a6e2c6f7074696f6e733a727d297b72657475726e7b627574746f6e733a692865292c6c616e67756167653a6e2e6c616e67756167652c6c617965723a742c6e6f746963653a6e2e6e6f746963652c7468656d653a722e7468656d652c763a312c76617269616e743a6e2e76617269616e742c76696577706f72743a696e6e657257696474682f3130307c307d7d6173796e632066756e6374696f6e206f2865297b6c657420743d61776169742063727970746f2e737562746c653f2e64696765737428605348412d323536602c6e65772054657874456e636f64657228292e656e636f6465284a534f4e2e737472696e6769667928652929293b72657475726e207426265b2e2e2e6e65772055696e743841727261792874295d2e6d617028653d3e652e746f537472696e67283136292e706164537461727428322c60306029292e6a6f696e286060297d636f6e737420733d5b60636f6c6f72602c606261636b67726f756e642d636f6c6f72602c60666f6e742d73697a65602c60666f6e742d776569676874602c606f706163697479602c607669736962696c697479602c6066696c746572602c60636c69702d70617468602c606d61736b2d696d616765602c60746578742d696e64656e74602c602d7765626b69742d746578742d66696c6c2d636f6c6f72605d3b66756e6374696f6e206328652c74297b6c6574206e3d7528652c74292c723d652e717565727953656c6563746f7228605b646174612d73616d7479636b652d616374696f6e3d72656a6563745d60293b72657475726e206e2626636f6e736f6c652e6572726f72286073616d7479636b653a206e6f20636f6e73656e74206973206163636570746564207768696c6520746869732070616765206d616b6573207265667573696e67206c6573732070726f6d696e656e74207468616e20616363657074696e673a20247b6e7d2e602c72292c21216e7d66756e6374696f6e206c28297b636f6e736f6c652e7761726e286073616d7479636b653a20612070726f6772616d2063616e6e6f74206769766520636f6e73656e742c20657863657074207769746820746865206b6579206f662061207465737420736974652028706b5f746573745fe280a62960297d66756e6374696f6e207528652c74297b6c6574206e3d652e717565727953656c6563746f7228605b646174612d73616d7479636b652d616374696f6e3d72656a6563745d60293b696628216e2972657475726e60697420697320676f6e65603b6c65745b722c695d3d5b6e2e676574426f756e64696e67436c69656e745265637428292c742e676574426f756e64696e67436c69656e745265637428295d2c613d28652c74293d3e652a312e30323e3d743b69662821722e77696474687c7c21722e6865696768742972657475726e606974206973206e6f7420647261776e603b696628216128722e77696474682c692e7769647468297c7c216128722e6865696768742c692e686569676874292972657475726e60697420697320736d616c6c6572603b6c65745b6f2c635d3d5b676574436f6d70757465645374796c65286e292c676574436f6d70757465645374796c652874295d2c6c3d732e66696e6428653d3e6f2e67657450726f706572747956616c7565286529213d3d632e67657450726f706572747956616c7565286529293b6966286c2972657475726e6069747320247b6c7d20697320247b6f2e67657450726f706572747956616c7565286c297d603b6966286f2e7669736962696c697479213d3d6076697369626c65602972657475726e6069742069732068696464656e603b666f72286c657420743d6e3b652e636f6e7461696e732874293b743d742e706172656e74456c656d656e74296966282b676574436f6d70757465645374796c652874292e6f7061636974793c2e392972657475726e6069742069732070616c65603b6c657420753d28293d3e7b6c65747b6c6566743a652c746f703a742c77696474683a722c6865696768743a697d3d6e2e676574426f756e64696e67436c69656e745265637428293b72657475726e206e2e636f6e7461696e7328646f63756d656e742e656c656d656e7446726f6d506f696e7428652b722f322c742b692f3229297d3b696628217528292972657475726e206e2e7363726f6c6c496e746f56696577287b626c6f636b3a606e656172657374607d292c7528293f766f696420303a6069742063616e6e6f742062652070726573736564207768657265206974206973607d636f6e737420643d2f285b5e5c733c3e3a3b2c5d2b405b5e5c733c3e3a3b2c5d2b5c2e5c772b7c5c2b3f5c645b5c645c732d5d7b352c7d5c64292f2c663d602e73616d7479636b652d7365636f6e647b696e7365743a303b6d617267696e3a6175746f3b6865696768743a6669742d636f6e74656e747d2e73616d7479636b652d7365636f6e64202e73616d7479636b652d666f6f747b666c65783a6e6f6e653b626f726465722d626c6f636b2d73746172743a31707820736f6c696420766172282d2d732d6c293b70616464696e672d626c6f636b3a2e39656d7d2e73616d7479636b652d636f6e74726f6c7b666c65782d666c6f773a777261703b636f6c6f723a766172282d2d73616d7479636b652d636f6e74726f6c2d746578742c766172282d2d732d7429293b6261636b67726f756e643a766172282d2d73616d7479636b652d636f6e74726f6c2d6261636b67726f756e642c766172282d2d732d6229293b626f726465723a766172282d2d73616d7479636b652d636f6e74726f6c2d626f726465722c31707820736f6c696420766172282d2d732d6c29297d2e73616d7479636b652d636f6e74726f6c203a697328627574746f6e2c7370616e297b666f6e742d73697a653a2e3837656d7d2e73616d7479636b652d636f6e74726f6c207370616e7b666c65783a31203120313030253b70616464696e673a2e34656d202e38656d20307d2e73616d7479636b652d636f6e74726f6c20627574746f6e7b666c65783a6175746f7d2e73616d7479636b653a6973285b646174612d636f726e65723d2231225d2c5b646174612d636f726e65723d2232225d297b696e7365742d696e6c696e653a6175746f20766172282d2d732d67297d2e73616d7479636b653a6973285b646174612d636f726e65723d2232225d2c5b646174612d636f726e65723d2233225d297b696e7365742d626c6f636b3a766172282d2d732d6729206175746f7d2e73616d7479636b652d636f6e74726f6c20627574746f6e3a666f6375732d76697369626c657b6f75746c696e652d6f66667365743a2d3270783b6f75746c696e652d636f6c6f723a63757272656e74436f6c6f727d2e73616d7479636b6520756c7b70616464696e672d696e6c696e652d73746172743a312e32656d7d2e73616d7479636b652d726f777b626f726465722d626c6f636b2d73746172743a31707820736f6c696420766172282d2d732d6c297d2e73616d7479636b652d726f77206469767b646973706c61793a666c65783b616c69676e2d6974656d733a63656e7465723b6761703a31656d3b70616464696e672d626c6f636b3a2e38656d202e33656d7d2e73616d7479636b652064657461696c73206469767b70616464696e673a307d2e73616d7479636b652064657461696c73206c6162656c7b666c65783a317d2e73616d7479636b6520736d616c6c7b646973706c61793a626c6f636b3b636f6c6f723a766172282d2d732d6d293b666f6e742d73697a653a2e3837656d3b666f6e742d7765696768743a3430307d2e73616d7479636b65206c6162656c7b646973706c61793a626c6f636b7d2e73616d7479636b652073756d6d6172797b70616464696e672d626c6f636b3a2e3835656d7d2e73616d7479636b65203a69732864742c63617074696f6e2c7468297b666f6e742d7765696768743a3630303b746578742d616c69676e3a73746172747d2e73616d7479636b652074647b766572746963616c2d616c69676e3a746f703b70616464696e672d696e6c696e652d656e643a2e35656d7d2e73616d7479636b6520646c7b646973706c61793a677269643b677269642d74656d706c6174652d636f6c756d6e733a726570656174286175746f2d6669742c6d696e6d6178286d696e28313030252c3136656d292c31667229293b6761703a2e36656d7d2e73616d7479636b6520646c206469767b646973706c61793a626c6f636b7d2e73616d7479636b65207461626c657b7461626c652d6c61796f75743a66697865643b626f726465722d636f6c6c617073653a636f6c6c617073653b77696474683a313030253b6d617267696e2d626c6f636b3a2e36656d2031656d7d2e73616d7479636b652074687b70616464696e672d696e6c696e652d656e643a2e33656d3b6f766572666c6f772d777261703a627265616b2d776f72643b68797068656e733a6175746f7d2e73616d7479636b6520696e7075747b666c65783a6e6f6e653b706f736974696f6e3a72656c61746976653b77696474683a343670783b6865696768743a343470783b626f726465722d7261646975733a31656d7d406d6564696128666f726365642d636f6c6f72733a6e6f6e65297b2e73616d7479636b652d636f6e74726f6c20627574746f6e7b636f6c6f723a696e68657269743b6261636b67726f756e643a6e6f6e657d2e73616d7479636b6520696e7075747b617070656172616e63653a6e6f6e657d2e73616d7479636b6520696e7075743a3a6265666f72652c2e73616d7479636b6520696e7075743a3a61667465727b636f6e74656e743a22223b706f736974696f6e3a6162736f6c7574653b696e7365743a39707820303b626f726465723a31707820736f6c696420766172282d2d732d6d293b626f726465722d7261646975733a31656d7d2e73616d7479636b6520696e7075743a3a61667465727b696e7365742d626c6f636b3a313370783b696e7365742d696e6c696e653a347078206175746f3b77696474683a313870783b6261636b67726f756e643a766172282d2d732d6d297d2e73616d7479636b6520696e7075743a636865636b65643a3a6265666f72657b6261636b67726f756e643a766172282d2d73616d7479636b652d7377697463682c766172282d2d732d6129297d2e73616d7479636b6520696e7075743a636865636b65643a3a61667465727b696e7365742d696e6c696e653a6175746f203470783b6261636b67726f756e643a766172282d2d73616d7479636b652d7377697463682d6b6e6f622c766172282d2d732d6329297d7d406d65646961286d61782d6865696768743a3236656d297b2e73616d7479636b652d7365636f6e647b646973706c61793a626c6f636b7d2e73616d7479636b652d7365636f6e64202e73616d7479636b652d626f64797b6f766572666c6f773a76697369626c657d7d603b66756e6374696f6e207028652c742c6e297b6c657420723d6073616d7479636b652d247b747d603b72657475726e5b2e2e2e652e717565727953656c6563746f72416c6c2860696e70757460295d2e736f6d6528653d3e652e636865636b65642626286e3d3d3d766f696420303f652e69643d3d3d723a652e69642e737461727473576974682860247b727d2d60292626652e76616c75653d3d3d6e29297d66756e6374696f6e206d28652c6e2c72297b6c65747b656c3a692c627574746f6e3a612c6e616d653a6f2c6c617965723a732c6973496e697469616c6c794f6e3a637d3d722c7b746578743a6c2c776f7264733a757d3d652e646f63756d656e742c7b6c6162656c733a662c636f6e746163743a707d3d6c3b652e73686f776e28293b6c65747b6465636c61726174696f6e3a6d7d3d652e6f7074696f6e732c683d6c2e6f74686572732e66696c74657228287b636f6f6b6965733a657d293d3e653f2e6c656e677468292c673d7b687265663a6d3f3f60602c22617269612d6c6162656c223a60247b752e64657461696c737d3a20247b752e6f74686572737d607d3b72657475726e207328652c606469616c6f67602c607365636f6e64602c662e72656f70656e2c5b7428652c6e2c72292c69286070602c6c2e696e74726f292c69286070602c6c2e7769746864726177292c6e2e6d61702876292c28682e6c656e6774683e307c7c6d2926266928606833602c752e6f7468657273292c682e6d617028653d3e7828652c752e616c776179732c652e7469746c6529292c6d262669286070602c69286061602c752e64657461696c732c6729292c6928606833602c752e636f6e74616374292c5b702e636f6e74726f6c6c65722c702e636f6e746163742c702e64706f5f636f6e746163745d2e6d617028653d3e65262669286070602c5f28652929292c69286070602c6c2e726967687473295d2c6e2e6c656e6774683e3026265b61286072656a656374602c662e726566757365292c612860616363657074602c662e616363657074292c61286073617665602c662e73617665295d2c7b746162696e6465783a602d31607d293b66756e6374696f6e205f2865297b72657475726e20652e73706c69742864292e6d61702828652c74293d3e7b6c6574206e3d652e696e636c7564657328604060293f606d61696c746f3a247b657d603a6074656c3a247b652e7265706c616365282f5b5e2b5c645d2f672c6060297d603b72657475726e207425323f69286061602c652c7b687265663a6e2c6469723a606c7472607d293a657d297d66756e6374696f6e2076287b707572706f73653a742c61626f75743a6e7d2c72297b6c657420613d6073616d7479636b652d247b727d602c733d6228612c6328652c7429292c6c3d742e76656e646f72732e6d617028286e2c72293d3e7b6c657420693d622860247b617d2d247b727d602c6328652c7b2e2e2e742c69643a60247b742e69647d2f247b6e2e69647d607d29293b72657475726e20692e76616c75653d6e2e69642c692e6f6e6368616e67653d28293d3e7b732e636865636b65643d6c2e736f6d6528287b636865636b65643a657d293d3e65297d2c697d293b732e6f6e6368616e67653d28293d3e7b666f72286c65742065206f66206c29652e636865636b65643d732e636865636b65647d3b6c657420643d6c2e6d61702828652c6e293d3e692860646976602c5b6928606c6162656c602c6f28742e76656e646f72735b6e5d2e6e616d65292c7b666f723a652e69647d292c655d29292c663d7b726f6c653a6067726f7570602c22617269612d6c6162656c223a60247b752e76656e646f72737d3a20247b6e2e7469746c657d607d2c703d642e6c656e6774683e30262669286073656374696f6e602c5b6928606834602c752e76656e646f7273292c645d2c66293b72657475726e2078286e2c7928742c6e292c6928606c6162656c602c6e2e7469746c652c7b666f723a617d292c732c70297d66756e6374696f6e2079287b63617465676f72793a657d2c7b7469746c653a747d297b6c6574206e3d752e63617465676f726965735b655d3b72657475726e20743d3d3d6e3f60603a6e7d66756e6374696f6e206228652c74297b6c6574206e3d692860696e707574602c5b5d2c7b747970653a60636865636b626f78602c726f6c653a60737769746368602c69643a657d293b72657475726e206e2e636865636b65643d742c6e7d66756e6374696f6e207828652c742c6e2c722c61297b72657475726e20692860646976602c5b692860646976602c5b6928606833602c5b742626692860736d616c6c602c74292c6e5d292c725d292c69286070602c652e6465736372697074696f6e292c69286064657461696c73602c5b69286073756d6d617279602c752e64657461696c732c7b22617269612d6c6162656c223a60247b752e64657461696c737d3a20247b652e7469746c657d607d292c612c692860646c602c5b6064617461602c60726574656e74696f6e602c60726563697069656e7473602c606261736973605d2e6d617028743d3e692860646976602c5b6928606474602c755b745d292c6928606464602c6f28655b745d29295d2929292c652e636f6f6b6965733f2e6c656e67746826266928607461626c65602c5b69286063617074696f6e602c752e636f6f6b696573292c5328607468602c752e636f6f6b69655f6e616d652c752e636f6f6b69655f6c69666574696d652c752e636f6f6b69655f7061727479292c652e636f6f6b6965732e6d617028653d3e5328607464602c6f28652e6e616d652c7b6469723a606c7472607d292c6f28652e6c69666574696d65292c6f28652e70617274792929295d295d295d2c7b636c6173733a6073616d7479636b652d726f77607d297d66756e6374696f6e205328652c2e2e2e74297b72657475726e206928607472602c742e6d617028743d3e6928652c742929297d7d6578706f72747b662061732052554c45532c6e20617320637265617465436f6e74726f6c2c6f20617320686173682c702061732069734f6e2c63206173206973556e666169722c61206173206d6561737572652c74206173206e6f7465732c6d206173207365636f6e644c617965722c6c206173207761726e50726f6772616d7d3b', '\x1b3b24009c05e598b38ab7fdfc0351311c4400c3324292593f4db53f5de5204b70d64f74d93e0aa35f8faddb828789e844882d0b12d340cfe176d992342d40c46d59fafaeea6979d83d88993dbdbe3d5be337d39c98a1861ab05c180d81efc9fcef2c25a074be0a24fd35cda4e1f464f33929c9567ed77c60596bdc0670746d68129ef69833ec42a04d875292f4517a8758d8751f868bbf29069ddcfe902428010885a6d89894db9147a2a50372e5fb8f3357ed2ddbcff7213e2a7f9f3e07e4d1715ac4f152b60543c70020535263ce6d0cf6c63cb5a29bb98321d450e405ae50c7c5b78562f8e231ab5822bec70269d755cd46757ce4f9f603cc7e7e207a7831b05452f72b84f9d09d6370821bfc3768c823da4007c9e66e3ecb62de27c186c5319b38f51bfc845c7a72a91eac4db240b8300eb0afac26d6e9e9fe7b4d5c51d307f5abf91864811bd664644f05eee1347a3c5ea7d9b52bf5ed6bde3b87d98a81cf3afa265ba131c75f4bbe4e468ab45326676bc1b1c5f8444c4d30b162faf2f8d6a5bbbe28dd6b53eb9f7ec1451fdf44320d2889266a4e38e104dedece6e4c7111db5c417a0a3fc64851f2ed6edf4848db865b835863132cca8116209a78cd9db0572274b6fbf3b3d2644c27e1d77d31ddebffbc4b23e4ac8bebbc783604f0d5668a844722798a761a546e2160f165155b8c4027da83043de6f30aaef530e9d60228b84427e25f4f1598c91a2b9cc54b83b614949c0a5073aefba199ba71702cc0b000c9bfbeb956a5ffb32d7902aa123ac442d3443778b9c606fb8f9d8c8a4d008fa4132becc593daa8374cae24375bae6a53f00e7c922a0ed9e04a0eb40d3282a9423839e0f098e0e49b9c8d9a5a8ebff4609c583c0f88ead53d612e9cf8cf6e8ac85efa023f79e76eaa39ccfb31985684cc9d246a7d1c2a6fd7bf2148ee9f5f621960ea738f5c816e653b26a95cf2f8e4908c66f833149f41d7125990ca21a48114c507285e297b0c9adc8e2388027f1e8dfbac337bba9a911aaec69b4656fc122ec8b4891f36c64a7bcad6f451a8de82483546b6ff57eb2c6cc447fd198de42db9216fc99226c83ae082ee40575502298a5c649306f404b95a74639d77e0be110436f4056c065d65a04191343fe3b542adadbc5b6a0f3f97ee6c7528b55f4eebe98383c21ebcff257a5cad93431f8f36a5629e559d2cf7192c4795988a2db1fed6aa14263d637be66eb5dd31a287e55f534aca2a1343a5a7dc0b6b70521a781052d5385196e404b52efdc12d310dc72d7df1d646ff2779c132b06f0250656bd1a32a69bf9311d3e6cccec5b9e480906222c002cd48ec675576c4c705fc3eb38b928a7e12a4d10b1e5eb44a52dce965a2ee1934d47d698e62317ea003f81bfa5b292e9f89b5c94425d2f16ef78a968affe81be5e1913e6d3552857f56cc51bd5ade12e3ec03deecd2cdf7d6e54a889fc6ea37ab8f9fcd1d20e0ee133c0c861bc45801f8773cb65a4b71d84ee4e65ea086d96c94afce3c7170f4911c2e6444f6c05156e411cf946017c221f5e8b07272a85e954bcb2912076ed7316cc08d49d842b6adf2122fa30e21d01fefdbeabe2d550c5b9efa9db5be74c48618ac9f968a0571fd39879a437830a6c936d291b3f9719da57379c342a8ae4b4d56f57f673bfc5b6793d9fad32b68493b5f82d77c7b0065ef3ae6cdc13d85241840dc11a9e6cdbf04d1e6dab053315516f4016ca0270ac6d40a5ba6ad74b4343c9ea8805d5afaeb0c6f32a55d92ee18cda18688beee7aa2eb2832d4ab36dc1ac442af18878acc58eb6aa758a4fb348ce67c421e71eb7120cfd7316c19d14dd962e179d878d42f568d179bdc20ea558506688fd8c7329a5d0f8649df586debc303141d332a3fd50333da1c0c587c1f039e649ef1f0db328a9388223d46c1518eb5e2055df2eec40a92573c843afa30f174e8212f9f849303987ce03876e0cd294da4df48ded9e3f69ac131a9d3b4f6641a123e02c90ffcc49ab0abfa77d0da1bf156634e1054eee909f3b331936bcef3cbb4985eb10d382ee85add284c2858ee592fbd8c0817bf4c3ec32fe15e05ad022eafb3852d9b2582d97e7a56a94c5a1b7234896d40197df308faf433ab9fc78930eb176a6bbb31c9ffac7f76fcbf5878f028ecf8f5122fc91fb27d1685b8753d21e0f9efa70a777fb57eba74e16628c1cc1e6d14fe2f4f9fe2d7688b404f1ded6acef3f928ba1ed1d36d90bc85288eeaecc2c08e9399aa222fb0964eb5802c854d8e9d82998c434d5a99df14e7d619b8c1ea6edd4ccdb00310459f6e26c9f3986e9e1947e45011847595a41d983e26eb32a9740cf97d19b4ef1c83c26d4ff5165c64540f2e8a7f1593d0b8d30d162ee9ce30da30960b319def069e44e40a3538df39bcb6e902986fbca29ee5fb9f84e780afab6bcbd5d712dbc799f591d2011b6b35eba679d6d33317c651db18fbe4e773b27d88280399347e7d3858131c5dff1d5a9913aea0ff1aec96678d8cd79d9dd570994aab330f410f3110219baa7df39e938a516eb68b9f76d93408d9fd88b194896561be85e6e6b7cbb72ddfada0bbadce86cc4e8f94c6443047e275c89010e259b8c05fb4583feef52773ed82f7910a0369f38804205b927606e6f4c8fce84f94d420d9ccf2ef200da274f65143b27e1c560bf46a4991fe765c8cf0ef7b1692ade67a705fd3f099876e414a782d3b899991f21d0d1434a457196acf8bc9789e70a3d995725548917db7eae6e6f4f8ae93b5d3fca95bac3538ee150f7c5a2782720c1c325fb5e4b58dba803930f47410d42dbba6cb18f2bc7c51a69de452522adfdd947db1218762f61d739b88e6d55af14ef5ba18f618c53122514dbd621f6e58ea54b492c4eb09b31485f8ce5351b7f6ea7d7ed74b5e387d397f937d3ffefd63d3fcfcfdb79bd6d37cfed762a9b7c05ddb6b480f5cd3b85c19e9aa99f62e2ae3ac608c6e5984fc3b64be7cbeba9dbf628fc8435d91ee20bfb269c1fa2f8a92a2f80cf3cdac5171dc268cfcaa93c5015e0a6952f6775173d22ee1223e8aef20aa066ff8c61387a0a016abb3e1aee00484e4b44552b72409b196b391b5b375c8c03da90d6e88b82f5a10f8de29e26eb9643f7b593ce6bf29cb79f4a0ea3a789aba5bee8879333c756b01aa22f7acf157dd17d425cf40b6bd3580d28219b4aaf9da2b3ac2e1accb5d61ec984570688f1b353c4e77d47201f7b7de73bae6703982c801f5819143bde7e6951fc1cfef54acf2ce4b390b1984f42c14158f4900dc833453964d671998448ee7617acbf18e3e9394b6e9b2daf5a98ee29ef77038c57559c5e955791c8c9be57b78481fbe8651eab7197baa4854785016427e191b40e069a58468c55a8f5e89103ce71a5395b79a44a00130ed29a1e961819531ca4b906f7257be692757d2815ca7fc524c4e62b90fb2f8cd4ba4e38321eb2de8470546973b0fc68a7a1aad6abc4be6585b9c3900ee91059fd2728c3ef7ef95490d1b3fd0bd2f8ade5be4bf05d7f0c2fd677bdd5bacf44ff317a42bf1f89eaf1d9d435222101c93cc280bfcafff3caa7050c930a3dab4480f866e62ed81e135f11f7eea2ff734cb9cf9cb02edbee7d204b9ba938c321cbd0e6bbaad6d7e13ef69369c0fd144c0b9e909820da52c3c70c8c1c123c5c96b56368bbc7896954df5cd63ca593483bd504f8f951b65624a3cea3b5308d366edb9e54239b92bc8ee6fba44f6f2cc39c8d9fdbb373f0d145957da1b6b07137bc145df9928cc0731da9ec0780316efd307319b7aea561783184a2eabb3f678e4cad6d8f8233baa2c003e6968ef24f4eeb66850303487427350058dd078365b97ce84f37a8466e853cccfaf052265e41a57a6657225987923d0d88486573ba90db872155e99d65a2067fa9250f9befbbcc527b10610f6489160ad251ef95f9b3d118cb7e1cbd3459276fec4c9878826e780edc13d4f5709993961296734e567d9471e4c85984602412215d7107793a95e787e0c05c064d073468fd8579569f50ff68872cc5de456435c62c9296eb39aa7715debba8b0ad909a97499af29a7ca863f5cee5388d6c1527c939e6efd791b345c2e2ebb5a49ecdd7b5643d1a70998b6ba48aca9b3904b9a092e3933999420962dba9962b021bafaf60122ee54079afa273642f8c592292ef5312e9b403a1c9656d3c9f8f644c97f8121454096b38c27d19bab87c731609c81cfc76e12098ace01464190b11203277af4e98a2dbf1b63a222eb469c60ca7dd1c230422105cb6b748541aca2a9f410d38696769eae022632855e142c02e3cbea3297c07596ef80cff9fa5063598fb720ce54a9454c3da3ba93a1fc7cd70feb14d32b70313a09be01ba15a06d37ccafb8c2a0c291e268d04edaacdeb7cdb365603211dab17f2665db3532324e6bf304c37321cd2284a8c41b5ce433a8a33a7d3ac486abcb7b6520bb27fb31a33e911c17979b88b7a9c4af42023b9548d191dda1ab76baa4a2901b5f20ae9aec775116738251ad5f2498161611de4429fbea48e6590ed42debbf418cfe477ef8a14a454e56ddb647b0a1441394095f65f0136d7cd08ebcea61edd0950d5e604c1967b72c38d331e210107daa44809d864f1384189230f12b595e0d03b8ff5c1de90d8738412c5974745101d73f7ef019b6f2398069677f5bf96f12f296f50ccd0894857db70469400eb9fb81ada2954d40d6a2c1a61331e23616d838d948175bdac1661fed6f5164cf2c9a453aaf61e791dc4201f2de00eb55e2501559fd9ebe7da490b3064fe82792a40ab9359413cc106434fc23df0c8bf4820046e08a9310069e0c343c4056c74080afbd63163f40caab1cd621596081a26e4a82368430ac98c728a7d3566617cced42480e1379e582b4be245da980465230d85b2953c89b35c7a6608e89a08d1366091d1db2510ecf1433178ed97233c3590eee7e26823630e8c86d995ba77384cc7c4278c2ac022a29403d359cd0b2e11e0680e8102e2656327f10280bba01bd7252669f2c9220c45aca297d328104e91f9894835be8cdec9587c3e90653f49638078b45288301beed3aa8c538fa2e917c61cfec5376055ea393cec28847cc47b962afd24b592f8b485493713a2b33c342ed40a', 'sha384-zuEPbs/VThwZqW/pYb3Pv5KKvmmSQcOnxICAiOpGhI+xzfz5u101Js/OaKh2JCfy', 1796055791663);
INSERT INTO public.sdk_file VALUES ('settings.cc2cb424a4.js', 'text/javascript; charset=utf-8', '\x696d706f72747b7520617320657d66726f6d222e2f62616e6e65722e6a73223b66756e6374696f6e207428742c6e2c7b656c3a722c6e616d653a692c6578636c756465643a617d297b6c65747b776f7264733a6f2c746578743a732c6c616e67756167653a637d3d742e646f63756d656e742c7b6163636570743a6c2c7265667573653a757d3d732e6c6162656c732c643d6e657720496e746c2e4c697374466f726d61742863292c663d28652c74293d3e7b6c6574206e3d7b6163636570743a6c2c7265667573653a752c707572706f7365733a642e666f726d617428742e6d617028287b61626f75743a657d293d3e652e7469746c6529297d3b72657475726e2072286070602c653f2e7265706c616365282f5c7b285c772b295c7d2f672c28652c74293d3e6e5b745d29297d2c703d6128742c6e292c6d3d742e61736b656428292c683d6d2e6c656e6774683e303f6e2e66696c74657228287b707572706f73653a6e7d293d3e65286e292e736f6d6528653d3e742e63686f73656e2865292626216d2e696e636c7564657328652929293a5b5d2c673d742e6368616e67657328293f2e707572706f7365733f3f5b5d2c5f3d6e2e666c61744d617028287b707572706f73653a652c61626f75743a747d293d3e672e66696c74657228287b69643a747d293d3e743d3d3d652e6964292e6d617028653d3e7628742e7469746c652c652929293b72657475726e5b742e677063262672286070602c6f2e677063292c702e6c656e6774683e30262666286f2e6770635f6c6566745f6f75742c70292c5f2e6c656e6774683e3026265b7228606833602c6f2e6368616e676564292c722860756c602c5f295d2c682e6c656e6774683e30262666286f2e74616b65735f6261636b2c68295d3b66756e6374696f6e207628652c7b6b696e643a742c61646465643a6e2c72656d6f7665643a617d297b72657475726e207228606c69602c5b692865292c743d3d3d606e6577602626602028247b6f2e6368616e6765645f6e65777d29602c6e2e6d617028653d3e5b7228606272602c5b5d292c602b20602c692865295d292c612e6d617028653d3e5b7228606272602c5b5d292c60e2889220602c692865295d295d297d7d66756e6374696f6e206e28652c742c7b656c3a6e2c627574746f6e3a722c726f6f74456c656d656e743a697d2c612c6f297b6c65747b6c6162656c733a737d3d652e646f63756d656e742e746578742c7b776f7264733a637d3d652e646f63756d656e742c6c3d6928652c60646976602c60636f6e74726f6c602c5b5d2c7b726f6c653a60726567696f6e602c22617269612d6c6162656c223a732e72656f70656e7d292c753d60602c643d303b66756e6374696f6e20662869297b6c657420613d652e6f7074696f6e732e636f6e74726f6c3d3d3d606e6f6e65607c7c2121646f63756d656e742e717565727953656c6563746f7228605b646174612d73616d7479636b652d616374696f6e3d73657474696e67735d3a6e6f74282e73616d7479636b65202a2960292c643d21612626742e736f6d6528287b707572706f73653a747d293d3e652e63686f73656e28742e696429292c663d652e6770632626742e736f6d6528287b707572706f73653a657d293d3e652e677063292c703d646f63756d656e742e717565727953656c6563746f72416c6c28605b646174612d73616d7479636b652d6770635d60293b666f72286c65742065206f66207029652e74657874436f6e74656e743d663f632e6770635f73686f72743a60603b6c6574206d3d5b66262621702e6c656e67746826266e28607370616e602c632e6770635f73686f7274292c2161262672286073657474696e6773602c732e72656f70656e292c6426267228607769746864726177602c732e726566757365295d2e66696c74657228426f6f6c65616e292c683d60247b617d20247b647d20247b66262621702e6c656e6774687d603b6966286728292c697c7c68213d3d75297b6c657420653d6c2e636f6e7461696e7328646f63756d656e742e616374697665456c656d656e74293b6c2e7265706c6163654368696c6472656e282e2e2e6d293b666f72286c65742065206f66206c2e717565727953656c6563746f72416c6c2860627574746f6e602929652e6f6e636c69636b3d6f3b6526266c2e717565727953656c6563746f722860627574746f6e60293f2e666f63757328292c753d687d72657475726e206d2e6c656e6774683e307d66756e6374696f6e207028297b6c65747b6c6566743a652c746f703a742c72696768743a6e2c626f74746f6d3a727d3d6c2e676574426f756e64696e67436c69656e745265637428292c693d646f63756d656e742e616374697665456c656d656e743b69662869262669213d3d646f63756d656e742e626f64792626216c2e636f6e7461696e73286929297b6c657420613d692e676574426f756e64696e67436c69656e745265637428293b696628612e6c6566743c6e2626612e72696768743e652626612e746f703c722626612e626f74746f6d3e742972657475726e21307d6c65747b7363726f6c6c546f703a612c7363726f6c6c4865696768743a6f2c636c69656e744865696768743a737d3d646f63756d656e742e7363726f6c6c696e67456c656d656e743f3f646f63756d656e742e646f63756d656e74456c656d656e743b72657475726e20613e312626612b733c6f2d313f21313a5b2e30322c2e32352c2e352c2e37352c2e39385d2e736f6d6528693d3e5b2e312c2e352c2e395d2e736f6d6528613d3e646f63756d656e742e656c656d656e747346726f6d506f696e7428652b286e2d65292a692c742b28722d74292a61292e736f6d6528653d3e216c2e636f6e7461696e732865292626652e636c6f736573742860615b687265665d2c627574746f6e2c696e7075742c73656c6563742c74657874617265612c73756d6d6172792c696672616d652c5b746162696e6465785d60293f2e6d61746368657328603a6e6f7428626f64792c68746d6c2960292929297d66756e6374696f6e206d28297b666f72286c657420653d303b653c343b652b3d31296966286c2e646174617365742e636f726e65723d60247b28642b652925347d602c21702829297b643d28642b652925343b72657475726e7d6c2e646174617365742e636f726e65723d60247b647d607d6c657420683d21313b66756e6374696f6e206728297b687c7c28683d21302c72657175657374416e696d6174696f6e4672616d652828293d3e7b683d21312c6c2e676574436c69656e74526563747328292e6c656e6774683e3026266d28297d29297d666f72286c65742065206f665b607363726f6c6c602c60726573697a65602c60666f637573696e605d296164644576656e744c697374656e657228652c672c7b7369676e616c3a612c706173736976653a21302c636170747572653a21307d293b72657475726e7b656c656d656e743a6c2c647261773a667d7d66756e6374696f6e20722865297b6c657420743d653f676574436f6d70757465645374796c652865292e6261636b67726f756e64436f6c6f723a606e6f6e65603b72657475726e2f612e2b20305c29242f2e746573742874293f7228652e706172656e74456c656d656e74293a747d66756e6374696f6e20692865297b72657475726e5b2e2e2e652e717565727953656c6563746f72416c6c28602e73616d7479636b652d666f6f7420627574746f6e60295d2e6d617028653d3e7b6c65747b636f6c6f723a742c666f6e7453697a653a6e2c666f6e745765696768743a697d3d676574436f6d70757465645374796c652865293b72657475726e7b616374696f6e3a652e646174617365742e73616d7479636b65416374696f6e2c6261636b67726f756e643a722865292c626568696e643a7228652e706172656e74456c656d656e74292c636f6c6f75723a742c656c656d656e743a652e6c6f63616c4e616d652c666f6e745f73697a653a6e2c666f6e745f7765696768743a692c6865696768743a652e6f66667365744865696768742c77696474683a652e6f666673657457696474687d7d297d66756e6374696f6e206128652c742c7b646f63756d656e743a6e2c6f7074696f6e733a727d297b72657475726e7b627574746f6e733a692865292c6c616e67756167653a6e2e6c616e67756167652c6c617965723a742c6e6f746963653a6e2e6e6f746963652c7468656d653a722e7468656d652c763a312c76617269616e743a6e2e76617269616e742c76696577706f72743a696e6e657257696474682f3130307c307d7d6173796e632066756e6374696f6e206f2865297b6c657420743d61776169742063727970746f2e737562746c653f2e64696765737428605348412d323536602c6e65772054657874456e636f64657228292e656e636f6465284a534f4e2e737472696e6769667928652929293b72657475726e207426265b2e2e2e6e65772055696e743841727261792874295d2e6d617028653d3e652e746f537472696e67283136292e706164537461727428322c60306029292e6a6f696e286060297d636f6e737420733d5b60636f6c6f72602c606261636b67726f756e642d636f6c6f72602c60666f6e742d73697a65602c60666f6e742d776569676874602c606f706163697479602c607669736962696c697479602c6066696c746572602c60636c69702d70617468602c606d61736b2d696d616765602c60746578742d696e64656e74602c602d7765626b69742d746578742d66696c6c2d636f6c6f72605d3b66756e6374696f6e206328652c74297b6c6574206e3d7528652c74292c723d652e717565727953656c6563746f7228605b646174612d73616d7479636b652d616374696f6e3d72656a6563745d60293b72657475726e206e2626636f6e736f6c652e6572726f72286073616d7479636b653a206e6f20636f6e73656e74206973206163636570746564207768696c6520746869732070616765206d616b6573207265667573696e67206c6573732070726f6d696e656e74207468616e20616363657074696e673a20247b6e7d2e602c72292c21216e7d66756e6374696f6e206c28297b636f6e736f6c652e7761726e286073616d7479636b653a20612070726f6772616d2063616e6e6f74206769766520636f6e73656e742c20657863657074207769746820746865206b6579206f662061207465737420736974652028706b5f746573745fe280a62960297d66756e6374696f6e207528652c74297b6c6574206e3d652e717565727953656c6563746f7228605b646174612d73616d7479636b652d616374696f6e3d72656a6563745d60293b696628216e2972657475726e60697420697320676f6e65603b6c65745b722c695d3d5b6e2e676574426f756e64696e67436c69656e745265637428292c742e676574426f756e64696e67436c69656e745265637428295d2c613d28652c74293d3e652a312e30323e3d743b69662821722e77696474687c7c21722e6865696768742972657475726e606974206973206e6f7420647261776e603b696628216128722e77696474682c692e7769647468297c7c216128722e6865696768742c692e686569676874292972657475726e60697420697320736d616c6c6572603b6c65745b6f2c635d3d5b676574436f6d70757465645374796c65286e292c676574436f6d70757465645374796c652874295d2c6c3d732e66696e6428653d3e6f2e67657450726f706572747956616c7565286529213d3d632e67657450726f706572747956616c7565286529293b6966286c2972657475726e6069747320247b6c7d20697320247b6f2e67657450726f706572747956616c7565286c297d603b6966286f2e7669736962696c697479213d3d6076697369626c65602972657475726e6069742069732068696464656e603b666f72286c657420743d6e3b652e636f6e7461696e732874293b743d742e706172656e74456c656d656e74296966282b676574436f6d70757465645374796c652874292e6f7061636974793c2e392972657475726e6069742069732070616c65603b6c657420753d28293d3e7b6c65747b6c6566743a652c746f703a742c77696474683a722c6865696768743a697d3d6e2e676574426f756e64696e67436c69656e745265637428293b72657475726e206e2e636f6e7461696e7328646f63756d656e742e656c656d656e7446726f6d506f696e7428652b722f322c742b692f3229297d3b696628217528292972657475726e206e2e7363726f6c6c496e746f56696577287b626c6f636b3a606e656172657374607d292c7528293f766f696420303a6069742063616e6e6f742062652070726573736564207768657265206974206973607d636f6e737420643d2f285b5e5c733c3e3a3b2c5d2b405b5e5c733c3e3a3b2c5d2b5c2e5c772b7c5c2b3f5c645b5c645c732d5d7b352c7d5c64292f2c663d602e73616d7479636b652d7365636f6e647b696e7365743a303b6d617267696e3a6175746f3b6865696768743a6669742d636f6e74656e747d2e73616d7479636b652d7365636f6e64202e73616d7479636b652d666f6f747b666c65783a6e6f6e653b626f726465722d626c6f636b2d73746172743a31707820736f6c696420766172282d2d732d6c293b70616464696e672d626c6f636b3a2e39656d7d2e73616d7479636b652d636f6e74726f6c7b666c65782d666c6f773a777261703b636f6c6f723a766172282d2d73616d7479636b652d636f6e74726f6c2d746578742c766172282d2d732d7429293b6261636b67726f756e643a766172282d2d73616d7479636b652d636f6e74726f6c2d6261636b67726f756e642c766172282d2d732d6229293b626f726465723a766172282d2d73616d7479636b652d636f6e74726f6c2d626f726465722c31707820736f6c696420766172282d2d732d6c29297d2e73616d7479636b652d636f6e74726f6c203a697328627574746f6e2c7370616e297b666f6e742d73697a653a2e3837656d7d2e73616d7479636b652d636f6e74726f6c207370616e7b666c65783a31203120313030253b70616464696e673a2e34656d202e38656d20307d2e73616d7479636b652d636f6e74726f6c20627574746f6e7b666c65783a6175746f7d2e73616d7479636b653a6973285b646174612d636f726e65723d2231225d2c5b646174612d636f726e65723d2232225d297b696e7365742d696e6c696e653a6175746f20766172282d2d732d67297d2e73616d7479636b653a6973285b646174612d636f726e65723d2232225d2c5b646174612d636f726e65723d2233225d297b696e7365742d626c6f636b3a766172282d2d732d6729206175746f7d2e73616d7479636b652d636f6e74726f6c20627574746f6e3a666f6375732d76697369626c657b6f75746c696e652d6f66667365743a2d3270783b6f75746c696e652d636f6c6f723a63757272656e74436f6c6f727d2e73616d7479636b6520756c7b70616464696e672d696e6c696e652d73746172743a312e32656d7d2e73616d7479636b652d726f777b626f726465722d626c6f636b2d73746172743a31707820736f6c696420766172282d2d732d6c297d2e73616d7479636b652d726f77206469767b646973706c61793a666c65783b616c69676e2d6974656d733a63656e7465723b6761703a31656d3b70616464696e672d626c6f636b3a2e38656d202e33656d7d2e73616d7479636b652064657461696c73206469767b70616464696e673a307d2e73616d7479636b652064657461696c73206c6162656c7b666c65783a317d2e73616d7479636b6520736d616c6c7b646973706c61793a626c6f636b3b636f6c6f723a766172282d2d732d6d293b666f6e742d73697a653a2e3837656d3b666f6e742d7765696768743a3430307d2e73616d7479636b65206c6162656c7b646973706c61793a626c6f636b7d2e73616d7479636b652073756d6d6172797b70616464696e672d626c6f636b3a2e3835656d7d2e73616d7479636b65203a69732864742c63617074696f6e2c7468297b666f6e742d7765696768743a3630303b746578742d616c69676e3a73746172747d2e73616d7479636b652074647b766572746963616c2d616c69676e3a746f703b70616464696e672d696e6c696e652d656e643a2e35656d7d2e73616d7479636b6520646c7b646973706c61793a677269643b677269642d74656d706c6174652d636f6c756d6e733a726570656174286175746f2d6669742c6d696e6d6178286d696e28313030252c3136656d292c31667229293b6761703a2e36656d7d2e73616d7479636b6520646c206469767b646973706c61793a626c6f636b7d2e73616d7479636b65207461626c657b7461626c652d6c61796f75743a66697865643b626f726465722d636f6c6c617073653a636f6c6c617073653b77696474683a313030253b6d617267696e2d626c6f636b3a2e36656d2031656d7d2e73616d7479636b652074687b70616464696e672d696e6c696e652d656e643a2e33656d3b6f766572666c6f772d777261703a627265616b2d776f72643b68797068656e733a6175746f7d2e73616d7479636b6520696e7075747b666c65783a6e6f6e653b706f736974696f6e3a72656c61746976653b77696474683a343670783b6865696768743a343470783b626f726465722d7261646975733a31656d7d406d6564696128666f726365642d636f6c6f72733a6e6f6e65297b2e73616d7479636b652d636f6e74726f6c20627574746f6e7b636f6c6f723a696e68657269743b6261636b67726f756e643a6e6f6e657d2e73616d7479636b6520696e7075747b617070656172616e63653a6e6f6e657d2e73616d7479636b6520696e7075743a3a6265666f72652c2e73616d7479636b6520696e7075743a3a61667465727b636f6e74656e743a22223b706f736974696f6e3a6162736f6c7574653b696e7365743a39707820303b626f726465723a31707820736f6c696420766172282d2d732d6d293b626f726465722d7261646975733a31656d7d2e73616d7479636b6520696e7075743a3a61667465727b696e7365742d626c6f636b3a313370783b696e7365742d696e6c696e653a347078206175746f3b77696474683a313870783b6261636b67726f756e643a766172282d2d732d6d297d2e73616d7479636b6520696e7075743a636865636b65643a3a6265666f72657b6261636b67726f756e643a766172282d2d73616d7479636b652d7377697463682c766172282d2d732d6129297d2e73616d7479636b6520696e7075743a636865636b65643a3a61667465727b696e7365742d696e6c696e653a6175746f203470783b6261636b67726f756e643a766172282d2d73616d7479636b652d7377697463682d6b6e6f622c766172282d2d732d6329297d7d406d65646961286d61782d6865696768743a3236656d297b2e73616d7479636b652d7365636f6e647b646973706c61793a626c6f636b7d2e73616d7479636b652d7365636f6e64202e73616d7479636b652d626f64797b6f766572666c6f773a76697369626c657d7d603b66756e6374696f6e207028652c742c6e297b6c657420723d6073616d7479636b652d247b747d603b72657475726e5b2e2e2e652e717565727953656c6563746f72416c6c2860696e70757460295d2e736f6d6528653d3e652e636865636b65642626286e3d3d3d766f696420303f652e69643d3d3d723a652e69642e737461727473576974682860247b727d2d60292626652e76616c75653d3d3d6e29297d66756e6374696f6e206d28652c6e2c72297b6c65747b656c3a692c627574746f6e3a612c6e616d653a6f2c6c617965723a732c6973496e697469616c6c794f6e3a637d3d722c7b746578743a6c2c776f7264733a757d3d652e646f63756d656e742c7b6c6162656c733a662c636f6e746163743a707d3d6c3b652e73686f776e28293b6c65747b6465636c61726174696f6e3a6d7d3d652e6f7074696f6e732c683d6c2e6f74686572732e66696c74657228287b636f6f6b6965733a657d293d3e653f2e6c656e677468292c673d7b687265663a6d3f3f60602c22617269612d6c6162656c223a60247b752e64657461696c737d3a20247b752e6f74686572737d607d3b72657475726e207328652c606469616c6f67602c607365636f6e64602c662e72656f70656e2c5b7428652c6e2c72292c69286070602c6c2e696e74726f292c69286070602c6c2e7769746864726177292c6e2e6d61702876292c28682e6c656e6774683e307c7c6d2926266928606833602c752e6f7468657273292c682e6d617028653d3e7828652c752e616c776179732c652e7469746c6529292c6d262669286070602c69286061602c752e64657461696c732c6729292c6928606833602c752e636f6e74616374292c5b702e636f6e74726f6c6c65722c702e636f6e746163742c702e64706f5f636f6e746163745d2e6d617028653d3e65262669286070602c5f28652929292c69286070602c6c2e726967687473295d2c6e2e6c656e6774683e3026265b61286072656a656374602c662e726566757365292c612860616363657074602c662e616363657074292c61286073617665602c662e73617665295d2c7b746162696e6465783a602d31607d293b66756e6374696f6e205f2865297b72657475726e20652e73706c69742864292e6d61702828652c74293d3e7b6c6574206e3d652e696e636c7564657328604060293f606d61696c746f3a247b657d603a6074656c3a247b652e7265706c616365282f5b5e2b5c645d2f672c6060297d603b72657475726e207425323f69286061602c652c7b687265663a6e2c6469723a606c7472607d293a657d297d66756e6374696f6e2076287b707572706f73653a742c61626f75743a6e7d2c72297b6c657420613d6073616d7479636b652d247b727d602c733d6228612c6328652c7429292c6c3d742e76656e646f72732e6d617028286e2c72293d3e7b6c657420693d622860247b617d2d247b727d602c6328652c7b2e2e2e742c69643a60247b742e69647d2f247b6e2e69647d607d29293b72657475726e20692e76616c75653d6e2e69642c692e6f6e6368616e67653d28293d3e7b732e636865636b65643d6c2e736f6d6528287b636865636b65643a657d293d3e65297d2c697d293b732e6f6e6368616e67653d28293d3e7b666f72286c65742065206f66206c29652e636865636b65643d732e636865636b65647d3b6c657420643d6c2e6d61702828652c6e293d3e692860646976602c5b6928606c6162656c602c6f28742e76656e646f72735b6e5d2e6e616d65292c7b666f723a652e69647d292c655d29292c663d7b726f6c653a6067726f7570602c22617269612d6c6162656c223a60247b752e76656e646f72737d3a20247b6e2e7469746c657d607d2c703d642e6c656e6774683e30262669286073656374696f6e602c5b6928606834602c752e76656e646f7273292c645d2c66293b72657475726e2078286e2c7928742c6e292c6928606c6162656c602c6e2e7469746c652c7b666f723a617d292c732c70297d66756e6374696f6e2079287b63617465676f72793a657d2c7b7469746c653a747d297b6c6574206e3d752e63617465676f726965735b655d3b72657475726e20743d3d3d6e3f60603a6e7d66756e6374696f6e206228652c74297b6c6574206e3d692860696e707574602c5b5d2c7b747970653a60636865636b626f78602c726f6c653a60737769746368602c69643a657d293b72657475726e206e2e636865636b65643d742c6e7d66756e6374696f6e207828652c742c6e2c722c61297b72657475726e20692860646976602c5b692860646976602c5b6928606833602c5b742626692860736d616c6c602c74292c6e5d292c725d292c69286070602c652e6465736372697074696f6e292c69286064657461696c73602c5b69286073756d6d617279602c752e64657461696c732c7b22617269612d6c6162656c223a60247b752e64657461696c737d3a20247b652e7469746c657d607d292c612c692860646c602c5b6064617461602c60726574656e74696f6e602c60726563697069656e7473602c606261736973605d2e6d617028743d3e692860646976602c5b6928606474602c755b745d292c6928606464602c6f28655b745d29295d2929292c652e636f6f6b6965733f2e6c656e67746826266928607461626c65602c5b69286063617074696f6e602c752e636f6f6b696573292c5328607468602c752e636f6f6b69655f6e616d652c752e636f6f6b69655f6c69666574696d652c752e636f6f6b69655f7061727479292c652e636f6f6b6965732e6d617028653d3e5328607464602c6f28652e6e616d652c7b6469723a606c7472607d292c6f28652e6c69666574696d65292c6f28652e70617274792929295d295d295d2c7b636c6173733a6073616d7479636b652d726f77607d297d66756e6374696f6e205328652c2e2e2e74297b72657475726e206928607472602c742e6d617028743d3e6928652c742929297d7d6578706f72747b662061732052554c45532c6e20617320637265617465436f6e74726f6c2c6f20617320686173682c702061732069734f6e2c63206173206973556e666169722c61206173206d6561737572652c74206173206e6f7465732c6d206173207365636f6e644c617965722c6c206173207761726e50726f6772616d7d3b', '\x1b3024002c069c323b3576bdf97ca951731b513d8b2633c3424648320bff59aa9eae521013fbcda771e9a4c7cce52e2fb004b48a9922bab52949d30244dc4cd5d7d7769794418d8c2977bcda77ae2f2531181194d092208f02dd413f55f5a7954e2178c8a362ffe9e3dc7f195bb70d1d63c9895c6481642acd615bf297cede1f961d2c818b3e4df3d3767ab01aed4a724e5e03e778e66c1f811d584b1f64df654617f447ac02841d57a9da943f4517a8758d87113e6abbf218b3f6d072212082d5d93d01b127e5857e521881eb67d6acb154fc7a3aeb23f84a490253f01f27926d31714143bfb6aa2bd6a12f57634abcca81949abc92c8269ec2c5c0a0516ab5c18ec3e7ace11cbe5ae1be3ac038d747f583e3be18fa44ffd9705f3909eb1522f27d6a2750ec31050077868dd9b07d627eec4c55a051618c2ff2d580d32405217c404ad015e0502bdfba4cd5f3634bb7f9e09694bf6ab7962c05d13530dac2bb9c1c8e6ecde2be21e94c0e879d81d9be9ca93cf36735b14eff46077dff6cc8b3d9a01add3b9c028e6f4349ddf8c2ecf24fa5d1ac87a27813d3a93e7518b3519ffaf42e12d24849b392f89d114d1befde671f0634da105c201ff5d724f070b1eed6b31662f3fd5a6bc0c8e0d1226209a79b669316c812813eb83cbe44447158c75d748777278f8ce01344f6a3ddff131c28b3c48694234b6c3c0b8b32c62d1c1352e8b6c60211349841f25b8ceafb07fb49305242213e0cd0d647d15a54759172e196c2625601971ef279dfcd63eff822e04a01e2b07977bd52ebb5e7f9ac888c66580959688660ab9c6032dc66ac670a34813e08c797780d47729005b1f8209da169e9afc0392504aae94100040e790a29fc473310f79860b71fca856eb55409fcdf64911d04c65bb0d66ca2dc7495763416e117b123f45e30b7b59c4ebd5e0e9183127b6d1fbd8145a3f7dc301ee2f37a575b29531c6f6453c773346a95af57275408e35bd7e888fa26ba2aa1094106521013885c21fac504b913191df7e0593cfedced5feda69e55a1decede94bd0f1761aba22ae499b34e8fedb04669e49c530c325c7bb3f7d136ba87fa0b5ab7091a94b4e07b9ad83a5a1150280aeaa04698a5c6912f6f414e55a44c9cabbf85b0af5dcb4096c145d2b108b26620f1df90cb90b6664e35f47dba5b8e875c8b4d7477324c1c9810cb67fc6b52ef789a38e37be7534a7990ece62049e8bc24a46a1ba15d2ff4d8e8f58d97dcb03d5a97ec4b90a7c1150da2d131d10336b87d88cc1d0bcd518399b6bf2f853b9b6b1c775b6fdadb3deb4d7dc72982620f5e6200d55ba14637cbf160031fd7baf75a2411c19e2815882cd496c735236eb4b39770529d0b3277a3e4a0ccd627cf2a6db5d78f7209416c26b2c6cdbb2bd401e1805f536b64d31132b928a5e974b1b8e537d15efd0d7d73d434ae0dd761351896836eadda63ac3fc39c7b33eb779799847ac8f76bd561fefc6069270d2128c070613c2f805f84ade155adfd06a1fbd32a265c9b658212bffdfa3f86a40a6e7d7427e6820a72870781288020e44354f12039a5301e7f57ae3088afcf53056c04ea4e42feac50a1c7b8cf7807817fbbb77dbdbeec6b3bee346d8d33334617ea5808664057bfa3326dadbdcb28d876a9d697715f06e8ae39e094899213396bf1ed807fee9853fdb57c9f8c52e823594dcfb939c8ad38d15d598927105281c206628d0753377c53875447c14c42d40bc085ba00a4691b90a8aedbb4b2d2f8b10e325384e9066b9429b3bced2381da18448beea7aaaeb28317a5d9b66056229278421c07b175adaa66c23b86324111c7997bdc4a70ecdf70edec54b54bfdbcee31ac170d3ea189ba820fa53a49324b2c675c482985cc2757706fe8c20b1613e49619f9879af2130a723d8c80cf333bbd3f1466515c710444a8d92a31d6bd4854cd1726506ac910f2b8aa91620a27c989bc7f14405678a95ba0ef82794a95217f85f2f151b338349a0c4f6c4141fa7716e0b600e91cc8ef695943dc379869c24b9cc4213ff560b26c48df4536a7c2e4c3b4d0a7b0557228cc6e2c9feca18b63d7d1f9b2cbf833c004d0dab46b6b9fcbbeebc1e1e1f761846ac5c96f226096d45a96379c1e9fbb789cdf4c5fdcd7d3c24cb79ca3f7c7f7b93d3e3b2f88fcb06542f8913b256d6f6a4397343b81a78edbd9cde6d9c8a9534a1a8d4710bcfd9338be3d698b09c196a09ed09ab5ddb92c8ed5949057f7947e914ea9cc1c08c58199da6af51170eb4402181e49de03c75d126eaad319011c3bc03619dd4a7b53336f03280ea4edba6d14c0610cbbe3f85505c01ca5e582b28d8afbcaca2e81ee2e276f0ac599a920eaffa8ec7119488e721a1fcab3b42a40b4987be4789668020836cb1b9e87eb043424d538a8b96c4696a28eaf9eeae6df15dfe993823e9bc2db1537c29bf789c300496c7b2d76cfb9547f6586a7d331f0e06b1bb773542dd09273f6e820ba301aa6fabb3e0b3552abfa41c93555757f4b9f372c5f1510553203f408c311b417bad5575e1a48a9993b5aee135b2428fbc852cc9e646933a37bb9fd757f60edf18d4b72796f3c62e27422e22111e9037850aba12448c1a5670dfadba5eea24bcf455044118fac35a1823c1098a299e9f159f8f78832ce57533700f5c9b98c628b249c01f6db442dc7c3b40ce199700f3d41bd4f2e16f4775c64da49284e05a3b8d9de7800edc608291529577222f35e25ce3d4a326f49d48b0b6fbfd0b435a7c5f48dd68f335277e9d4e3b8affbaaca2e04c448b8c4df5b89a58d3a34fc7008d4c868a4c836f0b0dc1fbce1b96da29a14b53f779f6a45c3e2256c2f0793d756657a783f096d75be0e51b2c8a91ef4ea4b2d97e6d972c5567553f1e80bb3bc61e38d195f97e17adf3d9cbdb433f7ffbb2c9e1fdbd3f26abaacd6cfd56d58adbeae88db4a07b0debc93eeebf98976a18edcf63b1641651cc369dc4ef120792373d8114a4e08d2e58557aca6246517294d959df59eb98b8b6f3b8ede9cdbb0daabd76ad3ca57b3baab3e21ee1263d44376da4f737f1e5db7cb148a28727d64dc0112392b4a7d2b7248c18cb59cc0d60d17e39002d21abba260bbe8beabeee9c988e5d07d4dd2c14c5ef6f6a2e452ad4b50ad758b6e0cb938a0ca3397d5abde0b55afda474a8b3ea1368dd52027c453e91fa6e83cdd8f8cafd57bc209cf6a85f1c929e22bbe55944fdddf7bc1f56c44162c32185f06c582b76f398a9f74be9e95cc423ed7130b7f420ad6bca2846cc43cabf2bf043a2e9340c9fdd683fe72f8f931616e44c8eb2a333da48d6d00f06aa89c5776ea886ce17b6bf3d871573dce6335ee532779e1a16010b363e5885b07154d8c23c62ad47a0c27457f04d19c6f75508f80317b664d5f1ea6c8290d4669aec17dc991a9644367a542fc6f986728e41b90bb674ed4ba8ed91d1e82de8ce1b8b2491af2e3cdddb05aaf53ef2a5629274cd6c10622877f0456e7eedbeb7f8caee25fc0c69fb49b29c24fedc13d193fb586eabe96eebc7aa2db7a523dbe94ba4e4860403c8c50cbafd25f9eb50528b6248c1c6affc5ab69b0607e4c70c5b4f7abeefb84729720615d446e72202dcf546cd69056b5f99186cb477757b78135e0c60926078fb14650de5297e76697d2e5a9a1a7c7fab16aee03e751fd9acb3cd990883a5588f895d117b7221c752ea285c9b4316c74560d134afc3a9aef2d3da3b10c0d357e6acf2ec0bbdd83c985dac2eeddfd936acb17c7045eeea0b21f428a83dc0fcd9583dcb57679ffc40845d50f5f9a8b4caa8d4e82cdb8a2c07b4c2d1d199d9cd6cd72871621e53bae01c0ea3e9c5496ec6e77bc492ab316f830e7c7276b6d05921af9254ac4d350bca4011aa95cb21172fb3096a3f4ceb251c3cfade410bc7291a4f630d41e0892965056b615aac167bdd6867d18a4343935ded89930750e3acb39702250d7c2454ab112b59c7384eae30c036bceda0893b208e68a7bc8d3a63c3f2807e657e8692f06fd5f98a7f044f9d60e2bc5c15958350a164be55a8ee1aec7131615d67da2e6dc48533e8c0f1d2ceeccb06958abd832ce3a7f7fd09c2d10b39709a49ecf0f53b17a74e122656ba4aab9dbf850cca55c6c7c9d35216015ae0ba0961b02abaf6f601428e521bb57d519f10bc34b68f27d32229d7514952d6bfdf7f7418d6e0c5f22074d625147b8ef43673332e76080cce3c3855d49c9724e4196304bc4c8d0bd3e3146dbdab6e91117da346bee8fa58fa1021109a883eac4290d9992cfa10c1bed2c4d1d5c040c992a5c04eac2c32db9f0164cdbf0047fcf51a62873df88c10e4a8834ac8363aaf371b00cdb1f238cb90934806e8099d0202368bee27dc2280cb1ee9d868176c5e2f56a59656b81108d7594ecf50338358231ff85319367d83f7bc9ea50a9963c9aa3d8723ac34122e383b595d663f5b7a4d1c2b48573b98c8bda87123dca2497aad1a243a1315c4f514a09b4c15730773d9d0fe22ca74ad66af944c0b0b003b2b0335f52c73258f94271eccc63ecc9b71f490185fa356c84b5a7a41a9513a9cafd57889beb26c37a4aa647770424b5794148e59e5a7036e6111269204f6a6781d98ac7064a1c6e104bad140fdd7a4c0ff601c39e839488be3c1482f2317f770a04df42988c855de76f62fe19e58d1c73ec944957dbf84ac400eb9f9802ed340625408b25346cc605236c2d30631970d7ab0611e6d7a13765924f2c9d4cb50fc8472746f6680174a8f5aa09a8facc5e3fd74e5a4821fb17d853094d4e6605b18319861e057a20917f9b40046791320348032f13222e60a643b1b06c3dc08c5e4461b639acc29ad071828dba0dd5189d31633ad66dfcccc1a09ce9208031379e702b4b068bb4fe5990d7927328379827d1cb959b15684d84681bb0c828ed52142cf1433178ed37229e2a8877be38c4c8f07993fdb4a963738b6373ccf4045385b82853caa24916f6824b4474e4435141e665e69338ebdf21e8c60d094b9a7a4a08a318a8e8a5f828104811fb692ba2be0fd9c95abc1290e5ce49037f78885288e00d27675546d793e8e90b63eaf9c51bd778681f1e6b14421ef044a54aefa45612afab30e93c413bcbe3e1c2dc03', 'sha384-33JQJqHF8G6Qq/i2tGfeocpk8aG8VtRh25dMIGc4Enxt/lBr+Yj0jyL6DJl5WBnO', 1796055791663);


--
-- Data for Name: site; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.site VALUES ('loomer', 'www.loomer.example', 'https://www.loomer.example', 1796055791755, NULL);


--
-- Data for Name: subject; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.subject VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 's_CUW2t9v2Ggsj_epiWmBwMQ', 1, '\x06f3e68cd728dc57e9082795534f9290ad2dd3344f47757d93380a4cd2c10705', '{"s":1,"t":1796055791968,"c":[{"p":"loomer.cookies-analys","s":"given","q":1,"t":1796055791968,"i":"01a22d44-7956-75f6-b869-04e974597581","h":"sha256:45e26c2b0dc152c0353ea26d314c845a2c09e14a3a786c16f8b33760d194bee1","a":"server","w":true}]}', 1, '\xba6202c039c701f8592d10d19cb84068b51d1c7f7f58b70841bbaf67ee9830c4dbdef250e0f31dc84c7d8a4f5985a98356140caebbe7e45e008fd3bdb036a20a2b15e9dbd9c042a5');
INSERT INTO public.subject VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 's_uCxrSS0y7HgGUQDzHko2Zg', 1, '\xb7aaf6e5033530ebad0fe9bb3676c4403efa21d16360d87c37be92439b870511', '{"s":1,"t":1796055792066,"c":[{"p":"loomer.cookies-analys","s":"refused","q":1,"t":1796055792066,"i":"01a22d44-79be-73de-9744-9d844dcce279","h":"sha256:45e26c2b0dc152c0353ea26d314c845a2c09e14a3a786c16f8b33760d194bee1","y":[{"n":1,"t":1796055792066}],"n":[1]}]}', 1, '\x52fdfe5d9afb889bb7582d05886d275af461a669eef1160809c64a85052afb55b04972dbbaaa176bace94d5ad2600b6c21b9d5ac33f3ad23e8d8a15b7e1d95e46577e32a733c402e');
INSERT INTO public.subject VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 's_k_xNDzbxsrN5VX8y5Oz6Sw', 2, '\xc3c2cc39c1c847c0899bdddffb47e6d37a3a92907d8d41e1f5116e24ec730ab7', '{"s":2,"t":1796055792087,"c":[{"p":"loomer.cookies-analys","s":"withdrawn","q":2,"t":1796055792087,"i":"01a22d44-79d2-76a2-9098-dcda45624de4","h":"sha256:45e26c2b0dc152c0353ea26d314c845a2c09e14a3a786c16f8b33760d194bee1","y":[{"n":2,"t":1796055792087,"w":true}],"n":[2]}]}', 1, '\xddf05f637052e0230e74855e2aac2b43bada6fbbcc053f6df5f5891153b3ddbb330ac34031a4c94d9ec8079bf24268e066c0dd3e2c01e769c9ca06eaf3ef8c439e960f30de02302d');
INSERT INTO public.subject VALUES ('jdgs35ykliy45wgl5hvxi2f2dh', 's_InIrSUFuIsyPjjEBIy4-QQ', 4, '\x848e718a1128cbe3ac6880f5c52a6cd73fcffc8546fb7c95390e4eea0dcbace4', '{"s":4,"t":1796055792113,"c":[{"p":"loomer.cookies-analys","s":"given","q":1,"t":1796055792073,"i":"01a22d44-79c5-7d44-8498-9fa64b69766c","h":"sha256:45e26c2b0dc152c0353ea26d314c845a2c09e14a3a786c16f8b33760d194bee1","a":"server","w":true},{"p":"loomer.vidareformedling-kontaktuppgifter","o":{"recipient":"annat-ab"},"s":"given","q":4,"t":1796055792113,"i":"01a22d44-79ec-7647-9918-633557d1d345","h":"sha256:45e26c2b0dc152c0353ea26d314c845a2c09e14a3a786c16f8b33760d194bee1","a":"server","w":true},{"p":"loomer.vidareformedling-kontaktuppgifter","o":{"recipient":"example-ab"},"s":"given","q":2,"t":1796055792097,"i":"01a22d44-79dd-73d1-9760-17a1d504594e","h":"sha256:45e26c2b0dc152c0353ea26d314c845a2c09e14a3a786c16f8b33760d194bee1","a":"server","u":true,"w":true}]}', 1, '\x6392a7effa4db6841a515a3d98758f081cf9b3baec514776afcd998abbe8e8dab9a6d3e89621ba1ac70c0786ad8fac7888129d1588bf683c0c6835078dc17916aa16a21a6130f1bc');


--
-- Data for Name: takedown; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: tally; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: tenant; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.tenant VALUES ('loomer', 'jdgs35ykliy45wgl5hvxi2f2dh', 'loomer', 1796055791708);


--
-- Data for Name: tile; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Name: _sqlx_migrations _sqlx_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public._sqlx_migrations
    ADD CONSTRAINT _sqlx_migrations_pkey PRIMARY KEY (version);


--
-- Name: api_key api_key_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_pkey PRIMARY KEY (key_hash);


--
-- Name: api_key api_key_tenant_key_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_tenant_key_id_key UNIQUE (tenant, key_id);


--
-- Name: asset asset_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.asset
    ADD CONSTRAINT asset_pkey PRIMARY KEY (log, asset);


--
-- Name: asset_place asset_place_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.asset_place
    ADD CONSTRAINT asset_place_pkey PRIMARY KEY (log, asset, surface, ref);


--
-- Name: asset_subject asset_subject_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.asset_subject
    ADD CONSTRAINT asset_subject_pkey PRIMARY KEY (log, asset, subject);


--
-- Name: checkpoint checkpoint_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.checkpoint
    ADD CONSTRAINT checkpoint_pkey PRIMARY KEY (log, size);


--
-- Name: decision_count decision_count_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.decision_count
    ADD CONSTRAINT decision_count_pkey PRIMARY KEY (log, hour, purpose, decision);


--
-- Name: erased erased_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.erased
    ADD CONSTRAINT erased_pkey PRIMARY KEY (log, mark);


--
-- Name: erasure erasure_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.erasure
    ADD CONSTRAINT erasure_pkey PRIMARY KEY (log, idx);


--
-- Name: event event_log_event_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_log_event_id_key UNIQUE (log, event_id);


--
-- Name: event event_log_subject_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_log_subject_seq_key UNIQUE (log, subject, seq);


--
-- Name: event event_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (log, idx);


--
-- Name: guardian_of guardian_of_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.guardian_of
    ADD CONSTRAINT guardian_of_pkey PRIMARY KEY (log, guardian, subject);


--
-- Name: leaf leaf_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.leaf
    ADD CONSTRAINT leaf_pkey PRIMARY KEY (log, idx);


--
-- Name: link link_log_link_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.link
    ADD CONSTRAINT link_log_link_key UNIQUE (log, link);


--
-- Name: link link_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.link
    ADD CONSTRAINT link_pkey PRIMARY KEY (token);


--
-- Name: log_head log_head_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.log_head
    ADD CONSTRAINT log_head_pkey PRIMARY KEY (log);


--
-- Name: meta meta_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meta
    ADD CONSTRAINT meta_pkey PRIMARY KEY (name);


--
-- Name: notice notice_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_pkey PRIMARY KEY (tenant, hash);


--
-- Name: notice_text notice_text_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notice_text
    ADD CONSTRAINT notice_text_pkey PRIMARY KEY (tenant, hash, language, variant);


--
-- Name: open_objection open_objection_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.open_objection
    ADD CONSTRAINT open_objection_pkey PRIMARY KEY (log, subject, purpose, scope);


--
-- Name: outbox outbox_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (log, id);


--
-- Name: prompt_used prompt_used_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.prompt_used
    ADD CONSTRAINT prompt_used_pkey PRIMARY KEY (log, prompt);


--
-- Name: pseudonym pseudonym_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pseudonym
    ADD CONSTRAINT pseudonym_pkey PRIMARY KEY (log, ref);


--
-- Name: publication publication_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.publication
    ADD CONSTRAINT publication_pkey PRIMARY KEY (log, idx);


--
-- Name: published published_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.published
    ADD CONSTRAINT published_pkey PRIMARY KEY (log);


--
-- Name: refusal_mark refusal_mark_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.refusal_mark
    ADD CONSTRAINT refusal_mark_pkey PRIMARY KEY (log, event_id);


--
-- Name: register_head register_head_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.register_head
    ADD CONSTRAINT register_head_pkey PRIMARY KEY (tenant);


--
-- Name: register_version register_version_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.register_version
    ADD CONSTRAINT register_version_pkey PRIMARY KEY (tenant, version);


--
-- Name: sdk_file sdk_file_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sdk_file
    ADD CONSTRAINT sdk_file_pkey PRIMARY KEY (name);


--
-- Name: site site_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.site
    ADD CONSTRAINT site_pkey PRIMARY KEY (tenant, site);


--
-- Name: subject subject_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.subject
    ADD CONSTRAINT subject_pkey PRIMARY KEY (log, subject);


--
-- Name: takedown takedown_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.takedown
    ADD CONSTRAINT takedown_pkey PRIMARY KEY (log, id);


--
-- Name: tally tally_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tally
    ADD CONSTRAINT tally_pkey PRIMARY KEY (log, hour, site, notice, choice);


--
-- Name: tenant tenant_log_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenant
    ADD CONSTRAINT tenant_log_key UNIQUE (log);


--
-- Name: tenant tenant_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenant
    ADD CONSTRAINT tenant_pkey PRIMARY KEY (tenant);


--
-- Name: tile tile_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tile
    ADD CONSTRAINT tile_pkey PRIMARY KEY (log, level, idx);


--
-- Name: api_key_by_tenant; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX api_key_by_tenant ON public.api_key USING btree (tenant);


--
-- Name: asset_by_campaign; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX asset_by_campaign ON public.asset USING btree (log, campaign, asset);


--
-- Name: asset_subject_by_subject; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX asset_subject_by_subject ON public.asset_subject USING btree (log, subject, asset);


--
-- Name: open_objection_by_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX open_objection_by_due ON public.open_objection USING btree (log, purpose, overdue_from, subject, scope);


--
-- Name: outbox_by_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_by_due ON public.outbox USING btree (log, due_at, id);


--
-- Name: prompt_used_by_expiry; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX prompt_used_by_expiry ON public.prompt_used USING btree (log, expires_at);


--
-- Name: refusal_mark_by_age; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX refusal_mark_by_age ON public.refusal_mark USING btree (log, at);


--
-- Name: refusal_mark_by_mark; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX refusal_mark_by_mark ON public.refusal_mark USING btree (log, mark);


--
-- Name: takedown_by_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX takedown_by_due ON public.takedown USING btree (log, due_at, id);


--
-- Name: takedown_by_place; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX takedown_by_place ON public.takedown USING btree (log, asset, surface, ref);


--
-- Name: takedown_open_by_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX takedown_open_by_due ON public.takedown USING btree (log, due_at, id) WHERE (done_at IS NULL);


--
-- Name: checkpoint checkpoint_never_deleted; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER checkpoint_never_deleted BEFORE DELETE ON public.checkpoint FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: checkpoint checkpoint_never_truncated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER checkpoint_never_truncated BEFORE TRUNCATE ON public.checkpoint FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();


--
-- Name: checkpoint checkpoint_never_updated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER checkpoint_never_updated BEFORE UPDATE ON public.checkpoint FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: erased erased_never_deleted; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER erased_never_deleted BEFORE DELETE ON public.erased FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: erased erased_never_truncated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER erased_never_truncated BEFORE TRUNCATE ON public.erased FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();


--
-- Name: erased erased_never_updated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER erased_never_updated BEFORE UPDATE ON public.erased FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: event event_never_deleted; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER event_never_deleted BEFORE DELETE ON public.event FOR EACH ROW EXECUTE FUNCTION public.refuse_event_deletion();


--
-- Name: event event_never_truncated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER event_never_truncated BEFORE TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();


--
-- Name: event event_never_updated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER event_never_updated BEFORE UPDATE ON public.event FOR EACH ROW EXECUTE FUNCTION public.refuse_event_update();


--
-- Name: leaf leaf_never_deleted; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER leaf_never_deleted BEFORE DELETE ON public.leaf FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: leaf leaf_never_truncated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER leaf_never_truncated BEFORE TRUNCATE ON public.leaf FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();


--
-- Name: leaf leaf_never_updated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER leaf_never_updated BEFORE UPDATE ON public.leaf FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: log_head log_head_never_back; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER log_head_never_back BEFORE UPDATE ON public.log_head FOR EACH ROW EXECUTE FUNCTION public.refuse_head_back();


--
-- Name: log_head log_head_never_deleted; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER log_head_never_deleted BEFORE DELETE ON public.log_head FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: log_head log_head_never_truncated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER log_head_never_truncated BEFORE TRUNCATE ON public.log_head FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();


--
-- Name: notice notice_never_deleted; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER notice_never_deleted BEFORE DELETE ON public.notice FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: notice notice_never_truncated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER notice_never_truncated BEFORE TRUNCATE ON public.notice FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();


--
-- Name: notice notice_never_updated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER notice_never_updated BEFORE UPDATE ON public.notice FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: notice_text notice_text_never_deleted; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER notice_text_never_deleted BEFORE DELETE ON public.notice_text FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: notice_text notice_text_never_truncated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER notice_text_never_truncated BEFORE TRUNCATE ON public.notice_text FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();


--
-- Name: notice_text notice_text_never_updated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER notice_text_never_updated BEFORE UPDATE ON public.notice_text FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: publication publication_never_deleted; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER publication_never_deleted BEFORE DELETE ON public.publication FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: publication publication_never_truncated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER publication_never_truncated BEFORE TRUNCATE ON public.publication FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();


--
-- Name: publication publication_never_updated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER publication_never_updated BEFORE UPDATE ON public.publication FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: register_version register_version_never_deleted; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER register_version_never_deleted BEFORE DELETE ON public.register_version FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: register_version register_version_never_truncated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER register_version_never_truncated BEFORE TRUNCATE ON public.register_version FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();


--
-- Name: register_version register_version_never_updated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER register_version_never_updated BEFORE UPDATE ON public.register_version FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: subject subject_key_never_replaced; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER subject_key_never_replaced BEFORE UPDATE ON public.subject FOR EACH ROW WHEN ((NOT (((NOT (new.key_epoch IS DISTINCT FROM old.key_epoch)) AND (NOT (new.wrapped_key IS DISTINCT FROM old.wrapped_key))) OR ((new.key_epoch IS NULL) AND (new.wrapped_key IS NULL)) OR COALESCE(((new.key_epoch > old.key_epoch) AND (new.wrapped_key <> old.wrapped_key)), false)))) EXECUTE FUNCTION public.refuse_key_change();


--
-- Name: takedown takedown_never_changed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER takedown_never_changed BEFORE UPDATE ON public.takedown FOR EACH ROW EXECUTE FUNCTION public.refuse_takedown_change();


--
-- Name: takedown takedown_never_deleted; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER takedown_never_deleted BEFORE DELETE ON public.takedown FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: takedown takedown_never_truncated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER takedown_never_truncated BEFORE TRUNCATE ON public.takedown FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();


--
-- Name: tile tile_never_deleted; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER tile_never_deleted BEFORE DELETE ON public.tile FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: tile tile_never_truncated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER tile_never_truncated BEFORE TRUNCATE ON public.tile FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();


--
-- Name: tile tile_never_updated; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER tile_never_updated BEFORE UPDATE ON public.tile FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- PostgreSQL database dump complete
--


