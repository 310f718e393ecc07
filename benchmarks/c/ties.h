/* Ties: how they live, and who is introduced by third parties (cisim.core.kernel.coalition and .network). */

static void feel_distances(const Sim *sim)
{
    const State *s = sim->s;
    for (int64_t k = 0; k < s->n_members; k++) sim->members[sim->active[k]].tie_sum = 0.0;
    double relief = sim->p->trust_language_relief;
    for (int64_t i = 0; i < s->n_ties; i++) {
        const Tie *t = &sim->ties[i];
        Member *first = &sim->members[t->first], *second = &sim->members[t->second];
        double distance = fabs(first->effective_weight - second->effective_weight) * (1.0 - relief * t->language); /* E47 */
        first->tie_sum += distance;
        second->tie_sum += distance;
    }
}

static void live_ties(const Sim *sim)
{
    const Parameters *p = sim->p;
    const State *s = sim->s;
    double communication = s->conditions[3], governance = p->backbone_relational_governance;
    for (int64_t i = 0; i < s->n_ties; i++) {
        Tie *t = &sim->ties[i];
        const Member *first = &sim->members[t->first], *second = &sim->members[t->second];
        double satisfaction = 0.5 * (first->satisfaction + second->satisfaction);
        double bonds = p->trust_governance * governance + p->trust_goodwill * p->backbone_spacing + p->trust_closure * t->closure;
        double drive = p->trust_growth * (1.0 + bonds + p->trust_coordination * communication) * s->legitimacy; /* E55 */
        double lost = p->trust_conflict_loss * (0.5 * (first->conflict + second->conflict))
                      + p->trust_control_loss * (1.0 - p->backbone_spacing)
                      + p->trust_result_loss * larger(0.0, -satisfaction); /* E57 */
        double kept = 0.5 * (first->commitment * (1.0 - first->shirked) + second->commitment * (1.0 - second->shirked));
        t->trust = clip(t->trust + drive * larger(0.0, 0.7 + satisfaction) * kept * (1.0 - t->trust) - lost * t->trust,
                        0.0, 1.0); /* E58 */
        t->language = clip(t->language + p->trust_language_growth * communication * (1.0 + governance) * (1.0 - t->language)
                           - 0.01 * t->language, 0.0, 1.0); /* E59 */
    }
}

static inline int are_partners(const Sim *sim, int64_t first, int64_t second)
{
    return (sim->partners[first * sim->words + second / 64] >> (second % 64)) & 1;
}

static inline double common_partners(const Sim *sim, int64_t first, int64_t second)
{
    const uint64_t *one = &sim->partners[first * sim->words], *other = &sim->partners[second * sim->words];
    int64_t count = 0;
    for (int64_t word = 0; word < (sim->s->n_slots + 63) / 64; word++) count += __builtin_popcountll(one[word] & other[word]);
    return (double)count;
}

static void tie(const Sim *sim, int64_t first, int64_t second)
{
    State *s = sim->s;
    int64_t pair = pair_id(sim->members[first].entity, sim->members[second].entity);
    double trust = clip(sim->p->trust_start + 0.1 * z(s, pair, 0, TIE_TRUST), 0.05, 0.95); /* E54 */
    sim->ties[s->n_ties++] = (Tie){.first = first, .second = second, .trust = trust,
                                   .threshold = -log(u(s, pair, s->month, RELATIONAL))};
    sim->members[first].n_ties++;
    sim->members[second].n_ties++;
    sim->partners[first * sim->words + second / 64] |= (uint64_t)1 << (second % 64);
    sim->partners[second * sim->words + first / 64] |= (uint64_t)1 << (first % 64);
}

static void meet_by_third_parties(const Sim *sim)
{
    State *s = sim->s;
    int64_t before = s->n_ties, n_new = 0;
    double last = -1.0, probability = 0.0;
    for (int64_t i = 0; i < s->n_members; i++)
        for (int64_t j = i + 1; j < s->n_members; j++) {
            int64_t first = sim->active[i], second = sim->active[j];
            if (are_partners(sim, first, second)) continue;
            double common = common_partners(sim, first, second);
            if (common != last) {
                last = common;
                probability = -expm1(-(sim->p->population_introduction_rate * closure(common))); /* E92, E0 */
            }
            int64_t pair = pair_id(sim->members[first].entity, sim->members[second].entity);
            if (u(s, pair, s->month, INTRODUCTION) < probability) {
                sim->ties[before + n_new].first = first;
                sim->ties[before + n_new].second = second;
                n_new++;
            }
        }
    for (int64_t i = before; i < before + n_new; i++) tie(sim, sim->ties[i].first, sim->ties[i].second);
    if (n_new == 0) return;
    for (int64_t i = 0; i < s->n_ties; i++)
        sim->ties[i].closure = closure(common_partners(sim, sim->ties[i].first, sim->ties[i].second));
    s->is_recounted = 1;
}

static void meet(const Sim *sim)
{
    State *s = sim->s;
    for (int64_t k = 0; k < s->n_members; k++) sim->a[sim->active[k]] = 0.0;
    for (int64_t i = 0; i < s->n_ties; i++) {
        sim->a[sim->ties[i].first] += sim->ties[i].trust;
        sim->a[sim->ties[i].second] += sim->ties[i].trust;
    }
    for (int64_t k = 0; k < s->n_members; k++) {
        Member *m = &sim->members[sim->active[k]];
        m->trust = m->n_ties > 0 ? sim->a[sim->active[k]] / (double)m->n_ties : 0.0;
    }
    if (!s->is_recounted) return;
    for (int64_t k = 0; k < s->n_members; k++) sim->a[sim->active[k]] = 0.0;
    for (int64_t i = 0; i < s->n_ties; i++) {
        sim->a[sim->ties[i].first] += sim->ties[i].closure;
        sim->a[sim->ties[i].second] += sim->ties[i].closure;
    }
    for (int64_t k = 0; k < s->n_members; k++) {
        Member *m = &sim->members[sim->active[k]];
        m->closure = m->n_ties > 0 ? sim->a[sim->active[k]] / (double)m->n_ties : 0.0;
    }
    s->is_recounted = 0;
}
