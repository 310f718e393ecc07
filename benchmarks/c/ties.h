/* Ties: how they live, and who is introduced by third parties (cisim.core.kernel.coalition and .network). */

/* Add up values of ties for both partners; ties come in runs of the same first partner, whose sum stays in a register. */
static void add_along_ties(const Sim *sim, const double *restrict values)
{
    const uint32_t *first = sim->ties->first, *second = sim->ties->second;
    double *sums = sim->m->tie_sum;
    for (int64_t k = 0; k < sim->s->n_members; k++) sums[k] = 0.0;
    int64_t n_ties = sim->s->n_ties;
    for (int64_t i = 0; i < n_ties;) {
        uint32_t place = first[i];
        double held = sums[place];
        for (; i < n_ties && first[i] == place; i++) {
            held += values[i];
            sums[second[i]] += values[i];
        }
        sums[place] = held;
    }
}

static void feel_distances(const Sim *sim)
{
    Ties *restrict t = sim->ties;
    const double *restrict weight = sim->m->effective_weight;
    double relief = sim->p->trust_language_relief;
    for (int64_t i = 0; i < sim->s->n_ties; i++)
        t->distance[i] = fabs(weight[t->first[i]] - weight[t->second[i]]) * (1.0 - relief * t->language[i]); /* E47 */
    add_along_ties(sim, t->distance);
}

static void bring_to_ties(const Sim *sim)
{
    Ties *restrict t = sim->ties;
    const Present *restrict m = sim->m;
    for (int64_t i = 0; i < sim->s->n_ties; i++) {
        uint32_t first = t->first[i], second = t->second[i];
        t->satisfaction[i] = 0.5 * (m->satisfaction[first] + m->satisfaction[second]);
        t->conflict[i] = 0.5 * (m->conflict[first] + m->conflict[second]);
        t->kept[i] = 0.5 * (m->kept[first] + m->kept[second]);
    }
}

static void live_ties(const Sim *sim)
{
    const Parameters *p = sim->p;
    const State *s = sim->s;
    Ties *restrict t = sim->ties;
    double communication = s->conditions[3], relational = p->backbone_relational_governance, spacing = p->backbone_spacing;
    double growth = p->trust_growth, governance = p->trust_governance, goodwill = p->trust_goodwill, closing = p->trust_closure;
    double coordination = p->trust_coordination, legitimacy = s->legitimacy, speaking = p->trust_language_growth;
    double by_conflict = p->trust_conflict_loss, by_control = p->trust_control_loss, by_result = p->trust_result_loss;
    for (int64_t i = 0; i < s->n_ties; i++) {
        double bonds = governance * relational + goodwill * spacing + closing * t->closure[i];
        double drive = growth * (1.0 + bonds + coordination * communication) * legitimacy; /* E55 */
        double lost = by_conflict * t->conflict[i] + by_control * (1.0 - spacing) + by_result * larger(0.0, -t->satisfaction[i]); /* E57 */
        t->trust[i] = clip(t->trust[i] + drive * larger(0.0, 0.7 + t->satisfaction[i]) * t->kept[i] * (1.0 - t->trust[i])
                               - lost * t->trust[i], 0.0, 1.0); /* E58 */
        t->language[i] = clip(t->language[i] + speaking * communication * (1.0 + relational) * (1.0 - t->language[i])
                                  - 0.01 * t->language[i], 0.0, 1.0); /* E59 */
    }
}

static inline int are_partners(const Sim *sim, int64_t first, int64_t second)
{
    return (sim->partners[first * sim->words + second / 64] >> (second % 64)) & 1;
}

static inline int64_t common_partners(const Sim *sim, int64_t first, int64_t second)
{
    const uint64_t *one = &sim->partners[first * sim->words], *other = &sim->partners[second * sim->words];
    int64_t count = 0;
    for (int64_t word = 0; word < (sim->s->n_members + 63) / 64; word++) count += __builtin_popcountll(one[word] & other[word]);
    return count;
}

static void tie(const Sim *sim, int64_t first, int64_t second)
{
    State *s = sim->s;
    Ties *t = sim->ties;
    int64_t at = s->n_ties++, pair = pair_id(sim->m->entity[first], sim->m->entity[second]);
    t->first[at] = (uint32_t)first, t->second[at] = (uint32_t)second;
    t->trust[at] = clip(sim->p->trust_start + 0.1 * z(s, pair, 0, TIE_TRUST), 0.05, 0.95); /* E54 */
    t->language[at] = t->closure[at] = t->elapsed[at] = 0.0;
    t->threshold[at] = -log(u(s, pair, s->month, RELATIONAL)); /* E93 */
    sim->m->n_ties[first]++;
    sim->m->n_ties[second]++;
    sim->partners[first * sim->words + second / 64] |= (uint64_t)1 << (second % 64);
    sim->partners[second * sim->words + first / 64] |= (uint64_t)1 << (first % 64);
}

static void meet_by_third_parties(const Sim *sim)
{
    State *s = sim->s;
    int64_t n = s->n_members, n_pairs = 0, n_new = 0;
    for (int64_t common = 0; common < n; common++)
        sim->m->chance[common] = -expm1(-(sim->p->population_introduction_rate * closure((double)common))); /* E92, E0 */
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = i + 1; j < n; j++) {
            if (are_partners(sim, i, j)) continue;
            int64_t common = common_partners(sim, i, j);
            if (common == 0) continue;
            sim->strangers[n_pairs] = pair_id(sim->m->entity[i], sim->m->entity[j]);
            sim->couples[n_pairs] = i * n + j;
            sim->likely[n_pairs++] = sim->m->chance[common];
        }
    int64_t seed = s->seed, replicate = s->replicate, community = s->community, month = s->month;
    for (int64_t i = 0; i < n_pairs; i++)
        sim->odds[i] = uniform(seed, replicate, community, sim->strangers[i], month, INTRODUCTION);
    for (int64_t i = 0; i < n_pairs; i++)
        if (sim->odds[i] < sim->likely[i]) sim->couples[n_new++] = sim->couples[i];
    for (int64_t i = 0; i < n_new; i++) tie(sim, sim->couples[i] / n, sim->couples[i] % n);
    if (!n_new) return;
    for (int64_t i = 0; i < s->n_ties; i++)
        sim->ties->closure[i] = closure((double)common_partners(sim, sim->ties->first[i], sim->ties->second[i])); /* E53 */
    s->is_recounted = 1;
}

static void meet(const Sim *sim)
{
    State *s = sim->s;
    Present *m = sim->m;
    add_along_ties(sim, sim->ties->trust);
    for (int64_t k = 0; k < s->n_members; k++) m->trust[k] = m->n_ties[k] > 0 ? m->tie_sum[k] / (double)m->n_ties[k] : 0.0;
    if (!s->is_recounted) return;
    add_along_ties(sim, sim->ties->closure);
    for (int64_t k = 0; k < s->n_members; k++) m->closure[k] = m->n_ties[k] > 0 ? m->tie_sum[k] / (double)m->n_ties[k] : 0.0;
    s->is_recounted = 0;
}
